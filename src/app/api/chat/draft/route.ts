import { draftInput } from "@/modules/chat/drafting/contract";
import { readJson, throughDoor } from "@/modules/chat/server/door";
import { startDraft } from "@/modules/chat/server/drafting/service";
import { lines } from "@/modules/chat/server/drafting/stream";
import { enterWorkspace } from "@/modules/workspaces/server/access";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";

// Each one is a paid call of a provider; nobody reads more.
const quota = { limit: 20, windowSeconds: 60 };

/** A draft for a person of the team as JSON lines. It ends when the reader leaves. */
export async function POST(request: Request): Promise<Response> {
  return throughDoor({ path: "/api/chat/draft", request, isWrite: true }, async (ctx, workspace) => {
    const member = await enterWorkspace(ctx, workspace);
    await enforceLimit(member, "reply-drafts", limitSubject(member), quota);
    const input = await readJson(request, draftInput);
    const leaving = new AbortController();
    const parts = await startDraft(member, input, AbortSignal.any([request.signal, leaving.signal]));
    return new Response(
      lines(parts, () => leaving.abort()),
      {
        headers: {
          "content-type": "application/x-ndjson; charset=utf-8",
          "cache-control": "no-store, no-transform",
          "x-request-id": ctx.requestId,
        },
      },
    );
  });
}
