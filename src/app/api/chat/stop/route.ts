import { stopInput } from "@/modules/chat/contract";
import { readJson, throughDoor } from "@/modules/chat/server/door";
import { stop } from "@/modules/chat/server/service";

export async function POST(request: Request): Promise<Response> {
  return throughDoor({ path: "/api/chat/stop", request, isWrite: true }, async (ctx, workspace) => {
    const { dialogId } = await readJson(request, stopInput);
    return Response.json(await stop(ctx, dialogId, workspace));
  });
}
