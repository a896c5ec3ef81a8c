import { afterAll, expect, it } from "vitest";
import { FakeTelegram } from "../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { newId } from "@/lib/ids";
import { makeCtx } from "@/server/testing";
import { connectBot, disconnectBot } from "./service";
import { reloadAllBots, reloadBot, type ReloadedBot } from "./reload";

const telegram = await new FakeTelegram().start();
Object.assign(process.env, {
  TELEGRAM_API_ROOT: telegram.url,
  TELEGRAM_MODE: "webhook",
  APP_URL: "http://127.0.0.1:1",
});

const db = testDb();
afterAll(() => telegram.stop());

const ctx = makeCtx(db, { kind: "system", job: "cli.bots:reload" });

async function givenConnected() {
  const { ctx } = await givenWorkspace(db);
  const assistant = await givenAssistant(ctx);
  const fake = telegram.addBot();
  return { owner: ctx, fake, bot: await connectBot(ctx, { assistantId: assistant.id, token: fake.token }) };
}

it("registers a webhook that somebody took away, and one whose secret was changed", async () => {
  const { bot, fake } = await givenConnected();
  const registered = fake.webhook;
  fake.webhook = null;
  expect(await reloadBot(ctx, bot.id)).toEqual({ id: bot.id, username: bot.username, status: "online" });
  expect(fake.webhook).toEqual(registered);
  fake.webhook = { url: registered?.url ?? "", secret: "somebody-else", allowed: [] };
  await reloadBot(ctx, bot.id);
  expect(fake.webhook).toEqual(registered);
});

it("knows no bot of an unknown id, and none that was disconnected", async () => {
  const { owner, bot } = await givenConnected();
  await disconnectBot(owner, { id: bot.id });
  expect(await reloadBot(ctx, bot.id)).toBeNull();
  expect(await reloadBot(ctx, newId())).toBeNull();
});

it("reloads every bot, and tells the one whose token was revoked", async () => {
  const { bot, fake } = await givenConnected();
  const { bot: other, fake: revoked } = await givenConnected();
  fake.webhook = null;
  telegram.revoke(revoked);
  const reloaded: ReloadedBot[] = [];
  await reloadAllBots(ctx, (one) => void reloaded.push(one));
  const statusOf = (id: string) => reloaded.find((one) => one.id === id)?.status;
  expect(statusOf(bot.id)).toBe("online");
  expect(statusOf(other.id)).toBe("invalid_token");
  expect(fake.webhook).not.toBeNull();
});
