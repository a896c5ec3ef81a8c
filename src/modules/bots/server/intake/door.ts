import { db } from "@/db/client";
import { MAX_UPDATE_BYTES } from "@/modules/bots/contract";
import { decryptSecret, equalSecrets } from "@/server/crypto";
import { logger } from "@/server/logger";
import { readBody } from "@/server/read-body";
import { recordRawUpdate } from "./record";
import { findDoor } from "./repository";

export const webhookSecretPurpose = (botId: string) => `bots:${botId}:webhook`;

// The address and secret of a bot never change; a removed bot is noticed by the recording itself.
const CACHE_MS = 30_000;
const MAX_CACHED = 2_000;

type Door = { botId: string; secret: string; readAtMs: number };
const doors = new Map<string, Door>();

/**
 * Takes one webhook call: the update is stored and answered at once, a job does the rest. Answers 404 for an unknown address,
 * 401 for a wrong secret, 413 over 1 MiB, 400 for what is not an update, and 200 for a repeat.
 */
export async function receiveWebhook(path: string, request: Request): Promise<Response> {
  const startedAt = performance.now();
  const { status, botId } = await answer(path, request);
  logger.info({
    event: "request",
    door: "telegram",
    status,
    botId,
    durationMs: Math.round(performance.now() - startedAt),
  });
  return new Response(null, { status, headers: { "cache-control": "no-store" } });
}

async function answer(path: string, request: Request): Promise<{ status: number; botId?: string }> {
  const door = await openDoor(path);
  if (!door) return { status: 404 };
  const { botId } = door;
  if (!equalSecrets(request.headers.get("x-telegram-bot-api-secret-token") ?? "", door.secret))
    return { status: 401, botId };
  const body = await readBody(request, MAX_UPDATE_BYTES);
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
