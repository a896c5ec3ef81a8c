import { readJson } from "@/modules/chat/server/door";
import { stopDemoInput } from "@/modules/site/contract";
import { throughDemoDoor } from "@/modules/site/server/door";
import { stopDemo } from "@/modules/site/server/service";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";

const quota = { limit: 30, windowSeconds: 60 };

export async function POST(request: Request): Promise<Response> {
  return throughDemoDoor("/api/demo/chat/stop", request, async (ctx, guest) => {
    await enforceLimit(ctx, "demo-stop", limitSubject(ctx), quota);
    const { locale } = await readJson(request, stopDemoInput);
    return Response.json(await stopDemo(ctx, guest, locale));
  });
}
