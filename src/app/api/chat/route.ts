import { chatInput } from "@/modules/chat/contract";
import { readJson, streamResponse, throughDoor } from "@/modules/chat/server/door";
import { ask } from "@/modules/chat/server/service";
import { limitOf } from "@/modules/system/server/settings";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";

export async function POST(request: Request): Promise<Response> {
  return throughDoor({ path: "/api/chat", request, isWrite: true }, async (ctx, workspace) => {
    const quota = { limit: await limitOf(ctx.db, "chatTurnsPerMinute"), windowSeconds: 60 };
    await enforceLimit(ctx, "chat", limitSubject(ctx), quota);
    const live = await ask(ctx, await readJson(request, chatInput), workspace);
    return streamResponse(live, ctx.requestId);
  });
}
