import type { IncomingMessage, ServerResponse } from "node:http";
import { db } from "@/db/client";
import { MAX_UPDATE_BYTES } from "@/modules/bots/contract";
import { decryptSecret, equalSecrets } from "@/server/crypto";
import { logger } from "@/server/logger";
import { readBody, readIncoming } from "@/server/read-body";
import { recordRawUpdate } from "./record";
import { findDoor } from "./repository";

export const webhookSecretPurpose = (botId: string) => `bots:${botId}:webhook`;

// The address and secret of a bot never change; a removed bot is noticed by the recording itself.
const CACHE_MS = 30_000;
const MAX_CACHED = 2_000;

const SECRET_HEADER = "x-telegram-bot-api-secret-token";
const NEVER_STORED = { "cache-control": "no-store" };

type Door = { botId: string; secret: string; readAtMs: number };
const doors = new Map<string, Door>();

/** A webhook call: its body is read only once its secret was right, and is null when it is too long. */
type Call = { path: string; secret: string; read: () => Promise<Uint8Array | null> };

/** The door as a route has it. */
export async function receiveWebhook(path: string, request: Request): Promise<Response> {
  const secret = request.headers.get(SECRET_HEADER) ?? "";
  const status = await take({ path, secret, read: () => readBody(request, MAX_UPDATE_BYTES) });
  return new Response(null, { status, headers: NEVER_STORED });
}

/** The door as Node's own server has it. Never throws. */
export async function serveWebhook(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const secret = String(request.headers[SECRET_HEADER] ?? "");
  response.setHeaders(new Map(Object.entries(NEVER_STORED)));
  try {
    response.statusCode = await take({ path, secret, read: () => readIncoming(request, MAX_UPDATE_BYTES) });
    // Whoever is still sending too long a body is cut off behind the answer.
    if (response.statusCode === 413 && !request.complete) response.shouldKeepAlive = false;
  } catch (error) {
    // Telegram comes again; who hung up waits for no answer.
    if (!request.socket.destroyed) logger.error({ event: "request-failed", door: "telegram", error });
    response.statusCode = 500;
  }
  response.end();
}

/**
 * Takes one webhook call: the update is stored and answered at once, a job does the rest. Answers 404 for an unknown address,
 * 401 for a wrong secret, 413 over 1 MiB, 400 for what is not an update, and 200 for a repeat.
 */
async function take(call: Call): Promise<number> {
  const startedAt = performance.now();
  const { status, botId } = await answer(call);
  logger.info({
    event: "request",
    door: "telegram",
    status,
    botId,
    durationMs: Math.round(performance.now() - startedAt),
  });
  return status;
}

async function answer({ path, secret, read }: Call): Promise<{ status: number; botId?: string }> {
  const door = await openDoor(path);
  if (!door) return { status: 404 };
  const { botId } = door;
  if (!equalSecrets(secret, door.secret)) return { status: 401, botId };
  const body = await read();
  if (body === null) return { status: 413, botId };
  const update = parseJson(body);
  if (update === undefined) return { status: 400, botId };
  const outcome = await recordRawUpdate(db(), botId, update);
  if (outcome === "silent") doors.delete(path);
  return { status: { new: 200, repeat: 200, silent: 404, malformed: 400 }[outcome], botId };
}

async function openDoor(path: string): Promise<Door | null> {
  const cached = doors.get(path);
  if (cached && Date.now() - cached.readAtMs < CACHE_MS) return cached;
  // Anything that is no address of ours may hold characters that the database refuses.
  const row = /^[\w-]{1,100}$/.test(path) ? await findDoor(db(), path) : null;
  if (!row) {
    doors.delete(path);
    return null;
  }
  const door = {
    botId: row.botId,
    secret: decryptSecret(row.webhookSecretSealed, webhookSecretPurpose(row.botId)),
    readAtMs: Date.now(),
  };
  if (doors.size >= MAX_CACHED) doors.clear();
  doors.set(path, door);
  return door;
}

function parseJson(body: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return value ?? undefined;
  } catch {
    return undefined;
  }
}
