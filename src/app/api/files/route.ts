import { ZodError } from "zod";
import { AppError } from "@/lib/errors";
import { uploadInput } from "@/modules/knowledge/contract";
import { knowledgeLimits } from "@/modules/knowledge/limits";
import { uploadDocument } from "@/modules/knowledge/server/service/upload";
import { limitOf } from "@/modules/system/server/settings";
import type { MemberCtx } from "@/server/context";
import { drainRequest } from "@/server/drain";
import { assertSameOrigin } from "@/server/http";
import { type FormPart, readField, readMultipart } from "@/server/multipart";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";
import { type StagedFile, stageFile, tooLarge } from "@/server/storage";
import { answerManager } from "../manager-door";

// Room for the form around the file.
const formBytes = 64 * 1024;
const fiveMinutes = 300;

/** Receives one file for an assistant: multipart `file`, `assistantId`, and `keepDuplicate` to add a repeat on purpose. */
export async function POST(request: Request): Promise<Response> {
  const response = await answerManager(request, "files", async (ctx) => {
    assertSameOrigin(request.headers);
    const limit = await limitOf(ctx.db, "uploadsPerFiveMinutes");
    await enforceLimit(ctx, "files", limitSubject(ctx), { limit, windowSeconds: fiveMinutes });
    if (Number(request.headers.get("content-length") ?? 0) > knowledgeLimits.fileBytes + formBytes)
      throw tooLarge(knowledgeLimits.fileBytes);
    return Response.json(await receive(ctx, request), { status: 201 });
  });
  // Whoever was refused before the form was opened is still sending it.
  await drainRequest(request);
  return response;
}

async function receive(ctx: MemberCtx, request: Request): Promise<{ documentId: string }> {
  const fields: Record<string, string> = {};
  const received: { fileName: string; file: StagedFile }[] = [];
  try {
    for await (const part of readMultipart(request)) {
      if (part.name === "file") received.push(await receiveFile(part, received.length));
      else fields[part.name] = await readField(part);
    }
    const [first] = received;
    if (first === undefined)
      throw new AppError("VALIDATION", "The file is missing.", { fieldErrors: { file: ["required"] } });
    return await uploadDocument(ctx, { ...parseFields(fields), ...first });
  } catch (error) {
    await Promise.all(received.map(({ file }) => file.discard()));
    throw error;
  }
}

async function receiveFile(part: FormPart, earlier: number): Promise<{ fileName: string; file: StagedFile }> {
  if (earlier > 0) throw new AppError("VALIDATION", "Send one file at a time.", { fieldErrors: { file: ["one"] } });
  if (!part.fileName)
    throw new AppError("VALIDATION", "The file has no name.", { fieldErrors: { file: ["required"] } });
  return { fileName: part.fileName, file: await stageFile(part.body, knowledgeLimits.fileBytes) };
}

function parseFields(fields: Record<string, string>) {
  try {
    return uploadInput.parse(fields);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const fieldErrors = Object.fromEntries(error.issues.map((issue) => [issue.path.join(".") || "_", [issue.message]]));
    throw new AppError("VALIDATION", "Some fields need another look.", { cause: error, fieldErrors });
  }
}
