import { readJson, streamResponse } from "@/modules/chat/server/door";
import { demoQuestionInput } from "@/modules/site/contract";
import { throughDemoDoor } from "@/modules/site/server/door";
import { askDemo } from "@/modules/site/server/service";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";

const quota = { limit: 10, windowSeconds: 60 };

export async function POST(request: Request): Promise<Response> {
  return throughDemoDoor("/api/demo/chat", request, async (ctx, guest) => {
    await enforceLimit(ctx, "demo-chat", limitSubject(ctx), quota);
    const live = await askDemo(ctx, guest, await readJson(request, demoQuestionInput));
    return streamResponse(live, ctx.requestId);
  });
}
