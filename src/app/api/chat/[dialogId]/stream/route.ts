import * as z from "zod";
import { notFound } from "@/lib/errors";
import { streamResponse, throughDoor } from "@/modules/chat/server/door";
import { resume } from "@/modules/chat/server/service";

type Params = { params: Promise<{ dialogId: string }> };

/** The running answer from its first word; 204 when nothing runs and the finished messages tell all. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return throughDoor({ path: "/api/chat/[dialogId]/stream", request, isWrite: false }, async (ctx, workspace) => {
    const { data: dialogId } = z.uuid().safeParse((await params).dialogId);
    if (!dialogId) throw notFound("Dialog");
    const live = await resume(ctx, dialogId, workspace);
    return live ? streamResponse(live, ctx.requestId) : new Response(null, { status: 204 });
  });
}
