import { serveAttachment } from "@/modules/bots/server/attachments/door";

export async function GET(request: Request, { params }: { params: Promise<{ messageId: string }> }): Promise<Response> {
  return serveAttachment(request, (await params).messageId);
}
