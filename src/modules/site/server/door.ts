import type { Anonymous, Ctx } from "@/server/context";
import { assertSameOrigin, errorResponse } from "@/server/http";
import { requestCtx, type RequestFacts } from "@/server/request-context";
import { reportRequest } from "@/server/wide-event";
import { readGuest, welcomeGuest } from "./guest-cookie";

/** The common frame of the landing page's doors: own pages only, a guest by sealed cookie, error body, one wide event. */
export async function throughDemoDoor(
  path: string,
  request: Request,
  answer: (ctx: Ctx<Anonymous>, guest: string) => Promise<Response>,
): Promise<Response> {
  const facts: RequestFacts = {};
  const startedAtMs = performance.now();
  const ctx = requestCtx(request.headers, { kind: "anonymous" } as const, facts);
  const respond = async () => {
    try {
      assertSameOrigin(request.headers);
      const known = readGuest(request.headers);
      if (known) return await answer(ctx, known);
      const { guest, cookie } = welcomeGuest();
      const response = await answer(ctx, guest);
      response.headers.append("set-cookie", cookie);
      return response;
    } catch (error) {
      return errorResponse(error, ctx.requestId);
    }
  };
  const response = await respond();
  const { requestId } = ctx;
  reportRequest({ door: "demo", path, method: "POST", status: response.status, requestId, startedAtMs }, facts);
  return response;
}
