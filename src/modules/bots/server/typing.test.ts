import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeTelegram } from "../../../../e2e/fakes/telegram-server";
import { newId } from "@/lib/ids";
import { encryptSecret } from "@/server/crypto";
import { tokenPurpose } from "./gateway";
import { startTyping } from "./typing";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url });
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());
afterAll(() => telegram.stop());

function givenChat() {
  const fake = telegram.addBot();
  const id = newId();
  const { chat } = fake.messageOf("hi") as { chat: { id: number } };
  const asked = () => fake.calls.filter(({ method }) => method === "sendChatAction").length;
  const bot = { id, tokenSealed: encryptSecret(fake.token, tokenPurpose(id)) };
  return { fake, asked, bot, to: { chatId: chat.id, threadId: null } };
}

it("is shown again every four seconds until it is stopped", async () => {
  const { asked, bot, to } = givenChat();
  const typing = startTyping(bot, to);
  await expect.poll(asked).toBe(1);
  vi.advanceTimersByTime(4_000);
  await expect.poll(asked).toBe(2);
  typing.stop();
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
});

it.each([
  ["asks to wait", { ok: false as const, error_code: 429, description: "Too Many Requests: retry after 30" }],
  ["says that the person left", { ok: false as const, error_code: 403, description: "Forbidden: bot was blocked" }],
])("is not shown again once Telegram %s", async (_, refusal) => {
  const { fake, bot, to } = givenChat();
  fake.script("sendChatAction", refusal);
  startTyping(bot, to);
  await expect.poll(() => vi.getTimerCount()).toBe(0);
});
