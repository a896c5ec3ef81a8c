import { db } from "@/db/client";
import type { StoredModelPrices } from "@/db/schema/ai";
import type { KeyFacts } from "@/modules/ai/pool/rules";
import { decryptSecret } from "@/server/crypto";
import { logger } from "@/server/logger";
import { type Connection, connect } from "../providers";
import { type EnvironmentKey, environmentKeys, environmentModels } from "./environment";
import { insertEnvironmentKeys, readPool } from "./repository";

/** A key of the pool as this process knows it: it may be changed here before the database has heard of it. */
export type Member = KeyFacts & {
  source: "panel" | "environment";
  prices: StoredModelPrices;
  connection: Connection | null;
};

/** How long a change made by another process may stay unnoticed. */
const FRESH_MS = 2_000;
const ROUNDS = 3;

type Shared = {
  members: Member[];
  readAtMs: number;
  /** Raised when what is known is no longer true: a reading that began before is not taken over. */
  generation: number;
  reading: Promise<Member[]> | undefined;
  connections: Map<string, { identity: string; connection: Connection }>;
  lastUsed: Map<string, number>;
};

// Next loads this module once per bundle; all of them must see a key rest at the same time.
const holder = globalThis as typeof globalThis & { chataiPool?: Shared };

function shared(): Shared {
  holder.chataiPool ??= {
    members: [],
    readAtMs: Number.NEGATIVE_INFINITY,
    generation: 0,
    reading: undefined,
    connections: new Map(),
    lastUsed: new Map(),
  };
  return holder.chataiPool;
}

/** The keys of the pool, at most two seconds old, and never older than the last failure of this process. */
export async function poolMembers(): Promise<Member[]> {
  const pool = shared();
  if (Date.now() - pool.readAtMs < FRESH_MS) return pool.members;
  pool.reading ??= read(pool).finally(() => (pool.reading = undefined));
  return pool.reading;
}

/** Makes the next choice read the database. */
export function forgetMembers(): void {
  const pool = shared();
  pool.generation += 1;
  pool.readAtMs = Number.NEGATIVE_INFINITY;
}

/** Notes in this process that a key was just chosen, so that requests of the same moment spread. */
export function touchMember(member: Member): void {
  const { lastUsed } = shared();
  const last = Math.max(0, ...lastUsed.values());
  member.lastUsedAtMs = Math.max(Date.now(), last + 0.001);
  lastUsed.set(member.id, member.lastUsedAtMs);
}

/** Takes over the counters that the database holds after a call. */
export function setTokens(keyId: string, counters: { dayTokens: number; monthTokens: number }): void {
  const member = shared().members.find(({ id }) => id === keyId);
  if (member) Object.assign(member, counters);
}

async function read(pool: Shared): Promise<Member[]> {
  for (let round = 1; ; round += 1) {
    const { generation } = pool;
    const members = await readMembers(pool);
    const isCurrent = generation === pool.generation;
    if (isCurrent) Object.assign(pool, { members, readAtMs: Date.now() });
    // Under a hail of failures what was just read has to do; the next choice reads again.
    if (isCurrent || round === ROUNDS) return members;
  }
}

async function readMembers(pool: Shared): Promise<Member[]> {
  const own = environmentKeys();
  const fingerprints = own.map(({ fingerprint }) => fingerprint);
  let rows = await readPool(db(), fingerprints);
  const missing = own.filter((key) => rows.every(({ fingerprint }) => fingerprint !== key.fingerprint));
  if (missing.length > 0) {
    await insertEnvironmentKeys(
      db(),
      missing.map(({ connection: _, ...row }) => row),
    );
    rows = await readPool(db(), fingerprints);
  }
  const members = await Promise.all(
    rows.map((row) =>
      toMember(
        pool,
        row,
        own.find(({ fingerprint }) => fingerprint === row.fingerprint),
      ),
    ),
  );
  for (const id of pool.connections.keys()) if (rows.every((row) => row.id !== id)) pool.connections.delete(id);
  const rank = new Map(own.map(({ provider }, place) => [provider, place]));
  const place = ({ source, provider }: Member) => (source === "environment" ? (rank.get(provider) ?? 0) : own.length);
  return members.sort((a, b) => place(a) - place(b));
}

type Row = Awaited<ReturnType<typeof readPool>>[number];

async function toMember(pool: Shared, row: Row, own: EnvironmentKey | undefined): Promise<Member> {
  const ahead = Date.now() - row.databaseNowMs;
  const local = (at: Date | null) => (at === null ? null : at.getTime() + ahead);
  const connection = own ? await own.connection : await panelConnection(pool, row);
  return {
    ...row,
    connection,
    isReadable: connection !== null,
    models: own ? await environmentModels(own) : row.models,
    coolingUntilMs: local(row.coolingUntil),
    openedAtMs: local(row.openedAt),
    lastUsedAtMs: Math.max(local(row.lastUsedAt) ?? 0, pool.lastUsed.get(row.id) ?? 0),
  };
}

async function panelConnection(pool: Shared, { id, provider, baseUrl, secretSealed }: Row): Promise<Connection | null> {
  const identity = `${id} ${provider} ${baseUrl ?? ""} ${secretSealed ?? ""}`;
  const known = pool.connections.get(id);
  if (known?.identity === identity) return known.connection;
  const secret = openSecret(id, secretSealed);
  if (secret === null) return null;
  const connection = await connect({ provider, baseUrl, secret, isTyped: true });
  pool.connections.set(id, { identity, connection });
  return connection;
}

/** What a secret is sealed for: a ciphertext moved to another row does not open there. */
export const sealPurpose = (keyId: string) => `ai_keys:${keyId}`;

function openSecret(keyId: string, sealed: string | null): string | null {
  if (sealed === null) return null;
  try {
    return decryptSecret(sealed, sealPurpose(keyId));
  } catch (error) {
    logger.error({ event: "ai-key-unreadable", keyId, error });
    return null;
  }
}
