import { Readable } from "node:stream";
import * as z from "zod";
import { notFound } from "@/lib/errors";
import { openDocument } from "@/modules/knowledge/server/service/documents";
import { answerManager } from "../../manager-door";

/** Sends a document back as it was uploaded, always as a download: an HTML file must not run on our origin. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerManager(request, "files", async (ctx) => {
    const id = z.uuid().safeParse((await params).id);
    if (!id.success) throw notFound("Document");
    const file = await openDocument(ctx, id.data);
    return new Response(Readable.toWeb(file.stream) as ReadableStream<Uint8Array>, {
      headers: {
        "content-type": file.mimeType,
        "content-length": String(file.sizeBytes),
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
      },
    });
  });
}
