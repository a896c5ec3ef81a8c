import { receiveWebhook } from "@/modules/bots/server/intake/door";

export async function POST(request: Request, { params }: { params: Promise<{ path: string }> }): Promise<Response> {
  return receiveWebhook((await params).path, request);
}
