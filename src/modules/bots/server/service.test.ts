import { afterAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { ALLOWED_UPDATES } from "@/modules/bots/updates/contract";
import { botRef, jsonOf } from "../testing";
import { connectBot, disconnectBot, doctorBot, listBots, requireBot } from "./service";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, {
  TELEGRAM_API_ROOT: telegram.url,
  TELEGRAM_MODE: "webhook",
  APP_URL: "http://127.0.0.1:1",
});

const db = testDb();
afterAll(() => telegram.stop());

async function givenOwner() {
  const { ctx } = await givenWorkspace(db);
  return { ctx, assistant: await givenAssistant(ctx) };
}

describe("connecting a bot", () => {
  it("registers the webhook with a secret and shows the bot online", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot({ username: "helper_bot" });
    const bot = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    expect(bot).toMatchObject({
      assistantId: assistant.id,
      username: "helper_bot",
      status: "online",
      lastError: null,
      tokenLast4: fake.token.slice(-4),
    });
    expect(fake.webhook?.url).toMatch(/^http:\/\/127\.0\.0\.1:1\/api\/telegram\/[\w-]{43}$/);
    expect(fake.webhook?.secret).toMatch(/^[\w-]{43}$/);
    expect(fake.webhook?.allowed).toEqual([...ALLOWED_UPDATES]);
    expect(fake.calls.filter(({ method }) => method === "setMyCommands")).toHaveLength(2);
  });

  it("never shows the token, the webhook's address or its secret", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot();
    const bot = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    const shown = jsonOf([
      bot,
      await listBots(ctx, {}),
      await requireBot(ctx, bot.id),
      await doctorBot(ctx, { id: bot.id }),
    ]);
    expect(shown).not.toContain(fake.token);
    expect(shown).not.toContain(fake.token.split(":")[1]);
    expect(shown).not.toContain(fake.webhook?.secret);
    expect(shown).not.toContain(fake.webhook?.url.split("/").at(-1));
  });

  it("refuses a token that Telegram does not know", async () => {
    const { ctx, assistant } = await givenOwner();
    const token = `123456789:${"A".repeat(35)}`;
    await expect(connectBot(ctx, { assistantId: assistant.id, token })).rejects.toMatchObject({
      code: "BOT_TOKEN_INVALID",
    });
    expect((await listBots(ctx, {})).items).toEqual([]);
  });

  it("refuses while Telegram is down, and keeps nothing", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot();
    fake.script("getMe", "reset");
    await expect(connectBot(ctx, { assistantId: assistant.id, token: fake.token })).rejects.toMatchObject({
      code: "EXTERNAL_UNAVAILABLE",
    });
    expect((await listBots(ctx, {})).items).toEqual([]);
  });

  it("refuses a bot of another assistant and names it only inside the workspace", async () => {
    const { ctx, assistant } = await givenOwner();
    const other = await givenAssistant(ctx, { name: "Sales" });
    const fake = telegram.addBot();
    await connectBot(ctx, { assistantId: other.id, token: fake.token });
    await expect(connectBot(ctx, { assistantId: assistant.id, token: fake.token })).rejects.toMatchObject({
      code: "BOT_TAKEN",
      facts: { assistantName: "Sales" },
    });

    const stranger = await givenOwner();
    const refusal = await connectBot(stranger.ctx, { assistantId: stranger.assistant.id, token: fake.token }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: "BOT_TAKEN" });
    expect(jsonOf(refusal)).not.toContain("Sales");
  });

  it("gives one of two workspaces the bot when both connect it at once", async () => {
    const [one, two] = [await givenOwner(), await givenOwner()];
    const fake = telegram.addBot();
    const results = await Promise.allSettled(
      [one, two].map(({ ctx, assistant }) => connectBot(ctx, { assistantId: assistant.id, token: fake.token })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("takes a new token for the connected bot in place of the old one", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot();
    const first = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    const oldAddress = fake.webhook?.url;
    const second = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    expect(second.id).toBe(first.id);
    expect(fake.webhook?.url).not.toBe(oldAddress);
    expect(second.status).toBe("online");
  });

  it("puts another bot in the place of the one that it replaces", async () => {
    const { ctx, assistant } = await givenOwner();
    const [old, next] = [telegram.addBot(), telegram.addBot()];
    const first = await connectBot(ctx, { assistantId: assistant.id, token: old.token });
    const second = await connectBot(ctx, { assistantId: assistant.id, token: next.token, replacesBotId: first.id });
    expect((await listBots(ctx, { assistantId: assistant.id })).items).toMatchObject([{ id: second.id }]);
    expect(old.webhook).toBeNull();
    expect(next.webhook).not.toBeNull();
  });

  it("finds no assistant or bot of another workspace", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot();
    const bot = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    const stranger = (await givenOwner()).ctx;
    await expect(
      connectBot(stranger, { assistantId: assistant.id, token: telegram.addBot().token }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(requireBot(stranger, bot.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(doctorBot(stranger, { id: bot.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(disconnectBot(stranger, { id: bot.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listBots(stranger, {})).toMatchObject({ items: [] });
    expect(fake.webhook).not.toBeNull();
  });
});

describe("disconnecting a bot", () => {
  it("takes the webhook away, forgets the token and frees the bot for another workspace", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot();
    const bot = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    await disconnectBot(ctx, { id: bot.id });
    expect(fake.webhook).toBeNull();
    expect(await botRef(db, bot.id)).toBeNull();
    const next = await givenOwner();
    expect(await connectBot(next.ctx, { assistantId: next.assistant.id, token: fake.token })).toMatchObject({
      status: "online",
    });
  });

  it("is silent at once even while Telegram is down", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot();
    const bot = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    fake.script("deleteWebhook", { ok: false, error_code: 502, description: "Bad Gateway" });
    await disconnectBot(ctx, { id: bot.id });
    expect((await listBots(ctx, {})).items).toEqual([]);
    expect(await botRef(db, bot.id)).toMatchObject({ isActive: false });
  });
});

describe("the doctor", () => {
  it("tells a revoked token and makes it the bot's status", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot();
    const bot = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    telegram.revoke(fake);
    const { checks } = await doctorBot(ctx, { id: bot.id });
    expect(checks[0]).toMatchObject({ check: "token", level: "fault", finding: "revoked" });
    expect(await requireBot(ctx, bot.id)).toMatchObject({ status: "invalid_token", lastError: "token-revoked" });
  });

  it("tells that another service took the bot", async () => {
    const { ctx, assistant } = await givenOwner();
    const fake = telegram.addBot();
    const bot = await connectBot(ctx, { assistantId: assistant.id, token: fake.token });
    fake.webhook = { url: "https://thief.example/hook", secret: "x", allowed: [] };
    const { checks } = await doctorBot(ctx, { id: bot.id });
    expect(checks).toContainEqual({
      check: "receiving",
      level: "fault",
      finding: "foreign-webhook",
      facts: { host: "thief.example" },
    });
    expect(await requireBot(ctx, bot.id)).toMatchObject({ status: "error", lastError: "taken-over" });
  });
});
