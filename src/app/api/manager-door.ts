import { AppError } from "@/lib/errors";
import { findPerson } from "@/modules/auth/server/session";
import { enterWorkspace } from "@/modules/workspaces/server/access";
import type { MemberCtx } from "@/server/context";
import { errorResponse } from "@/server/http";
import { requestCtx, type RequestFacts } from "@/server/request-context";
import { reportRequest } from "@/server/wide-event";

/** Runs an answer for a signed-in owner or admin of the workspace that the request names; refusals become the common error JSON. */
export async function answerManager(
  request: Request,
  door: string,
  answer: (ctx: MemberCtx) => Promise<Response>,
): Promise<Response> {
  return answerMember(request, door, async (ctx) => {
    if (ctx.actor.memberRole === "operator") throw new AppError("FORBIDDEN", "Only owners and admins can do this.");
    return answer(ctx);
  });
}

/** The same for members in any role. */
export async function answerMember(
  request: Request,
  door: string,
  answer: (ctx: MemberCtx) => Promise<Response>,
): Promise<Response> {
  const facts: RequestFacts = {};
  const startedAtMs = performance.now();
  const base = requestCtx(request.headers, { kind: "anonymous" as const }, facts);
  const url = new URL(request.url);
  const response = await enter(request, url, base, facts)
    .then(answer)
    .catch((error: unknown) => errorResponse(error, base.requestId));
  response.headers.set("x-request-id", base.requestId);
  const { pathname: path } = url;
  reportRequest(
    { door, path, method: request.method, status: response.status, requestId: base.requestId, startedAtMs },
    facts,
  );
  return response;
}

async function enter(
  request: Request,
  url: URL,
  base: ReturnType<typeof requestCtx>,
  facts: RequestFacts,
): Promise<MemberCtx> {
  const person = await findPerson(request.headers);
  if (person === null) throw new AppError("UNAUTHORIZED", "Sign in first.");
  facts.userId = person.userId;
  // A link to a download cannot send headers, so it may name its workspace in the address.
  const requested = request.headers.get("x-workspace-id") ?? url.searchParams.get("workspace");
  return enterWorkspace({ ...base, actor: person }, requested);
}
