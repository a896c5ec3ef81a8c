import { AppError } from "@/lib/errors";
import { receiveFileInput } from "@/modules/handoff/files/contract";
import { replyFileLimits } from "@/modules/handoff/files/limits";
import { receiveFile } from "@/modules/handoff/server/files/service";
import type { MemberCtx } from "@/server/context";
import { drainRequest } from "@/server/drain";
import { assertSameOrigin } from "@/server/http";
import { readField, readMultipart } from "@/server/multipart";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";
import { type StagedFile, stageFile, tooLarge } from "@/server/storage";
import { answerMember } from "../manager-door";

// A person who sends a folder of pictures, twice.
const quota = { limit: 40, windowSeconds: 60 };
// Room for the form around the file.
const formBytes = 64 * 1024;

/** Receives one file for a visitor: multipart `file`, `dialogId`, `id` (the client's own, idempotent) → 201 with its facts. */
export async function POST(request: Request): Promise<Response> {
  const response = await answerMember(request, "attachments", async (ctx) => {
    assertSameOrigin(request.headers);
    await enforceLimit(ctx, "reply-files", limitSubject(ctx), quota);
    if (Number(request.headers.get("content-length") ?? 0) > replyFileLimits.documentBytes + formBytes)
      throw tooLarge(replyFileLimits.documentBytes);
    return Response.json(await receive(ctx, request), { status: 201 });
  });
  // Whoever was refused before the form was opened is still sending it.
  await drainRequest(request);
  return response;
}

async function receive(ctx: MemberCtx, request: Request) {
  const fields: Record<string, string> = {};
  const received: { fileName: string; file: StagedFile }[] = [];
  try {
    for await (const part of readMultipart(request)) {
      if (part.name !== "file") fields[part.name] = await readField(part);
      else if (received.length > 0 || !part.fileName) throw invalid("file");
      else received.push({ fileName: part.fileName, file: await stageFile(part.body, replyFileLimits.documentBytes) });
    }
    const [first] = received;
    if (first === undefined) throw invalid("file");
    const parsed = receiveFileInput.safeParse(fields);
    if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join(".") || "_");
    return await receiveFile(ctx, { ...parsed.data, ...first });
  } catch (error) {
    await Promise.all(received.map(({ file }) => file.discard()));
    throw error;
  }
}

const invalid = (field: string) =>
  new AppError("VALIDATION", "Some fields need another look.", { fieldErrors: { [field]: ["required"] } });
