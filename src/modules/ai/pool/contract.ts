import * as z from "zod";
import { AI_PROVIDERS, type AiProvider } from "@/db/enums";
import { storable } from "@/lib/text";

export const keyLimits = { nameChars: 100, noteChars: 1_000, secretChars: 500, models: 50, modelChars: 200 } as const;

const line = (maxChars: number) => z.string().overwrite(storable).trim().max(maxChars);
const modelId = line(keyLimits.modelChars).min(1);
const quota = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable();
const micros = z.number().int().min(0).max(1_000_000_000_000);

const keyFields = {
  name: line(keyLimits.nameChars).min(1),
  provider: z.enum(AI_PROVIDERS),
  /** Null is the provider's own address. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  secret: z.string().trim().min(1).max(keyLimits.secretChars),
  /** Exactly the models that the key serves. */
  models: z
    .array(modelId)
    .min(1)
    .max(keyLimits.models)
    .transform((ids) => [...new Set(ids)]),
  /** Tokens a UTC day or month; null for no limit. */
  dailyTokenQuota: quota,
  monthlyTokenQuota: quota,
  /** 1 serves first. */
  priority: z.number().int().min(1).max(10),
  isActive: z.boolean(),
  note: z.string().overwrite(storable).trim().max(keyLimits.noteChars),
  /** What a million tokens of a model cost, in micros of the platform's currency. */
  prices: z.record(modelId, z.object({ promptMicros: micros, completionMicros: micros }).strict()),
};

export const createKeyInput = z
  .object({
    ...keyFields,
    baseUrl: keyFields.baseUrl.default(null),
    dailyTokenQuota: quota.default(10_000),
    monthlyTokenQuota: quota.default(300_000),
    priority: keyFields.priority.default(1),
    isActive: keyFields.isActive.default(true),
    note: keyFields.note.default(""),
    prices: keyFields.prices.default({}),
  })
  .strict();

/** A secret that comes back masked, or empty, stays what it was. */
export const updateKeyInput = z
  .object({ ...keyFields, secret: z.string().trim().max(keyLimits.secretChars) })
  .partial()
  .extend({ id: z.uuid() })
  .strict();

export const keyIdInput = z.object({ id: z.uuid() });
export const setKeyActiveInput = z.object({ id: z.uuid(), isActive: z.boolean() });
export const testKeyInput = z.object({ id: z.uuid(), model: modelId.optional() });

export type CreateKeyInput = z.infer<typeof createKeyInput>;
export type UpdateKeyInput = z.infer<typeof updateKeyInput>;
export type TestKeyInput = z.infer<typeof testKeyInput>;

export const KEY_STATES = [
  "ready",
  "inactive",
  "unreadable",
  "cooling",
  "day-quota",
  "month-quota",
  "open",
  "half-open",
] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** What a key did in the last 30 days. */
export type KeyNumbers = {
  requests: number;
  tokens: number;
  costMicros: number;
  averageMs: number | null;
  /** Calls that did not fail, of all; null without calls. */
  successPercent: number | null;
};

/** A key as staff see it. Its secret never leaves the server; the last four characters tell keys apart. */
export type AiKey = {
  id: string;
  /** Held by the installation's environment: its secret, address and models are changed there. */
  isEnvironment: boolean;
  name: string;
  provider: AiProvider;
  baseUrl: string | null;
  secretLast4: string;
  models: string[];
  prices: Record<string, { promptMicros: number; completionMicros: number }>;
  dailyTokenQuota: number | null;
  monthlyTokenQuota: number | null;
  dayTokens: number;
  monthTokens: number;
  dayPercent: number | null;
  monthPercent: number | null;
  priority: number;
  isActive: boolean;
  note: string;
  state: KeyState;
  /** Why it rests: an HTTP status, or a word such as `timeout`. */
  reason: string | null;
  until: Date | null;
  lastError: string | null;
  lastErrorAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
  last30Days: KeyNumbers;
};

export type KeyTest = { ok: true; model: string; durationMs: number } | { ok: false; model: string; reason: string };
