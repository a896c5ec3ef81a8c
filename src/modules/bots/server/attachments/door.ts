import { Readable } from "node:stream";
import * as z from "zod";
import type { StoredAttachment } from "@/db/schema/dialogs";
import { AppError, notFound } from "@/lib/errors";
import { findPerson } from "@/modules/auth/server/session";
import type { SealedBot } from "@/modules/bots/server/gateway";
import { type FileStream, openFile } from "@/modules/bots/server/intake/gateway";
import { servedName, servedType } from "@/modules/bots/updates/attachments";
import { enterWorkspace } from "@/modules/workspaces/server/access";
import { errorResponse } from "@/server/http";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";
import { openStored } from "@/server/storage";
import { requestCtx, type RequestFacts } from "@/server/request-context";
import { reportRequest } from "@/server/wide-event";
import { findAttachment } from "./repository";

// A long dialog full of pictures, read by somebody in a hurry.
const quota = { limit: 300, windowSeconds: 60 };
const PATIENCE_MS = 120_000;

/**
 * Hands a file that a visitor or a person of the team sent through to a member of the workspace, always as a download. Nothing of Telegram's answer
 * but the bytes comes through: no header, no address, no token. Somebody else's message is NOT_FOUND, and so is a file that
 * Telegram does not give out any more.
 */
export async function serveAttachment(request: Request, messageId: string): Promise<Response> {
  const facts: RequestFacts = {};
  const startedAtMs = performance.now();
  const base = requestCtx(request.headers, { kind: "anonymous" as const }, facts);
  const { requestId } = base;
  const respond = async () => {
    const person = await findPerson(request.headers);
    if (!person) throw new AppError("UNAUTHORIZED", "Sign in first.");
    facts.userId = person.userId;
    const id = z.uuid().safeParse(messageId);
    const found = id.success ? await findAttachment(base.db, person.userId, id.data) : undefined;
    if (!found?.attachment) throw notFound("Attachment");
    const ctx = await enterWorkspace({ ...base, actor: person }, found.workspaceId);
    await enforceLimit(ctx, "attachments", limitSubject(ctx), quota);
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]);
    const file = await open(found.attachment, found.bot, signal);
    if (!file) throw notFound("Attachment");
    return new Response(file.body, { headers: headersOf(found.attachment, id.data ?? "", file.sizeBytes) });
  };
  const response = await respond().catch((error: unknown) => errorResponse(error, requestId));
  response.headers.set("x-request-id", requestId);
  const { method } = request;
  const outcome = { path: "/api/attachments", method, status: response.status, requestId, startedAtMs };
  reportRequest({ door: "attachments", ...outcome }, facts);
  return response;
}

/** Our own files come from the storage, visitors' from Telegram through the bot that they wrote to. */
async function open(
  { storageKey, fileId }: StoredAttachment,
  bot: SealedBot | null,
  signal: AbortSignal,
): Promise<FileStream | null> {
  if (storageKey === undefined) return fileId !== undefined && bot ? openFile(bot, fileId, signal) : null;
  const stored = await openStored(storageKey);
  // The platform's web streams and Node's differ in their types only.
  return stored && { body: Readable.toWeb(stored.stream) as FileStream["body"], sizeBytes: stored.sizeBytes };
}

function headersOf(attachment: StoredAttachment, messageId: string, sizeBytes: number | null): Record<string, string> {
  const name = encodeURIComponent(servedName(attachment, messageId));
  return {
    "content-type": servedType(attachment),
    ...(sizeBytes === null ? {} : { "content-length": String(sizeBytes) }),
    "content-disposition": `attachment; filename*=UTF-8''${name}`,
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=300",
  };
}
