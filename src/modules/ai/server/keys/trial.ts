import { notFound } from "@/lib/errors";
import { chatModelIds } from "@/modules/ai/models/rules";
import type { KeyTest, TestKeyInput } from "@/modules/ai/pool/contract";
import { audit } from "@/modules/audit/server/service";
import type { UserCtx } from "@/server/context";
import { modelErrorOf } from "../errors";
import { forgetMembers, poolMembers } from "../pool/members";
import type { Connection } from "../providers";
import { resetKey } from "./repository";

const DEADLINE_MS = 15_000;

/**
 * Makes one real call with a key, also with one that rests: the model it lists first unless another is named. Success
 * ends its rest. The answer is a code, never the provider's words. Refuses: NOT_FOUND, also for a model it does not list.
 */
export async function testKey(ctx: UserCtx, { id, model: named }: TestKeyInput): Promise<KeyTest> {
  forgetMembers();
  const member = (await poolMembers()).find((key) => key.id === id);
  const model = named ?? member?.models[0];
  if (!member || model === undefined || !member.models.includes(model)) throw notFound("Key");
  const test = await call(member.connection, member.provider, model);
  if (test.ok) {
    await resetKey(ctx.db, id);
    forgetMembers();
  }
  await audit(ctx, {
    operation: "ai-keys.tested",
    targetKind: "ai-key",
    targetId: id,
    detail: { model, outcome: test.ok ? "ok" : test.reason },
  });
  return test;
}

async function call(
  connection: Connection | null,
  provider: "openai" | "anthropic" | "google",
  model: string,
): Promise<KeyTest> {
  if (!connection) return { ok: false, model, reason: "unreadable" };
  const startedAtMs = performance.now();
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  try {
    await (chatModelIds([model]).length > 0
      ? sayHello(connection, model, deadline)
      : connection.openAi?.embeddings.create({ model, input: "Hello" }, { signal: deadline }));
    return { ok: true, model, durationMs: Math.round(performance.now() - startedAtMs) };
  } catch (error) {
    return { ok: false, model, reason: deadline.aborted ? "timeout" : modelErrorOf(error, provider).code };
  }
}

async function sayHello(connection: Connection, model: string, abortSignal: AbortSignal): Promise<void> {
  const { stream } = await connection.chatModel(model).doStream({
    prompt: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
    maxOutputTokens: 16,
    abortSignal,
  });
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (value.type === "error") throw value.error;
  }
}
