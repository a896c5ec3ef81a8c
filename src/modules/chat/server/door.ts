import { UI_MESSAGE_STREAM_HEADERS } from "ai";
import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { findPerson } from "@/modules/auth/server/session";
import type { Ctx, Person } from "@/server/context";
import { assertSameOrigin, errorResponse } from "@/server/http";
import { readBody } from "@/server/read-body";
import { requestCtx, type RequestFacts } from "@/server/request-context";
import { reportRequest } from "@/server/wide-event";
import type { LiveTurn } from "./live";

// 10,000 characters of four bytes each, escaped, and room for the ids.
const MAX_BODY_BYTES = 128 * 1024;

type Door = { path: string; request: Request; isWrite: boolean };

/** The common frame of the chat's HTTP doors: origin, session, error body, one wide event. */
export async function throughDoor(
  { path, request, isWrite }: Door,
  answer: (ctx: Ctx<Person>, requestedWorkspace: string | null) => Promise<Response>,
): Promise<Response> {
  const facts: RequestFacts = {};
  const startedAtMs = performance.now();
  const anonymous = requestCtx(request.headers, { kind: "anonymous" }, facts);
  const respond = async () => {
    try {
      if (isWrite) assertSameOrigin(request.headers);
      const person = await findPerson(request.headers);
      if (!person) throw new AppError("UNAUTHORIZED", "Sign in first.");
      facts.userId = person.userId;
      return await answer({ ...anonymous, actor: person }, request.headers.get("x-workspace-id"));
    } catch (error) {
      return errorResponse(error, anonymous.requestId);
    }
  };
  const response = await respond();
  reportRequest(
    {
      door: "chat",
      path,
      method: request.method,
      status: response.status,
      requestId: anonymous.requestId,
      startedAtMs,
    },
    facts,
  );
  return response;
}

/** The parsed JSON body. Refuses: PAYLOAD_TOO_LARGE, VALIDATION with the fields. */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body) throw new AppError("PAYLOAD_TOO_LARGE", "The request is too large.");
  const parsed = schema.safeParse(parseJson(new TextDecoder().decode(body)));
  if (parsed.success) return parsed.data;
  const fieldErrors: Record<string, string[]> = {};
  for (const issue of parsed.error.issues) (fieldErrors[issue.path.join(".") || "_"] ??= []).push(issue.message);
  throw new AppError("VALIDATION", "Some fields need another look.", { fieldErrors });
}

/** The answer as server-sent events, from its first word. */
export function streamResponse(live: LiveTurn, requestId: string): Response {
  return new Response(live.listen(), {
    headers: {
      ...UI_MESSAGE_STREAM_HEADERS,
      "cache-control": "no-store, no-transform",
      "x-dialog-id": live.dialogId,
      "x-request-id": requestId,
    },
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new AppError("VALIDATION", "The request is not valid JSON.", { cause: error });
  }
}
