import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, recordAndRun, threadOf } from "@/modules/bots/testing";
import { listMessages } from "@/modules/dialogs/server/service";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

async function givenAnswer(asksForThumbs = true) {
  const { ctx } = await givenWorkspace(db);
  const { bot, fake } = await givenBot(
    ctx,
    telegram,
    (await givenAssistant(ctx, { language: "en", asksForThumbs })).id,
  );
  await recordAndRun(db, bot.id, { message: fake.messageOf("How much is delivery?") });
  const dialogId = (await threadOf(ctx))?.dialog.id ?? "";
  const answer = () => fake.sent[0];
  const press = async (data: string, personId = fake.visitor.id) => {
    const at = answer();
    const place = at && { messageId: at.messageId, chatId: at.chatId };
    await recordAndRun(db, bot.id, fake.desk.press(personId, data, place));
    return [...fake.desk.presses.values()].at(-1)?.text;
  };
  const thumb = async () => {
    const { items } = await listMessages(ctx, { dialogId, limit: 50 });
    return items.find(({ author }) => author === "assistant")?.visitorThumb?.thumb ?? null;
  };
  const dataOf = (index: number) => answer()?.buttons[0]?.[index]?.data ?? "";
  return { ctx, bot, fake, answer, press, thumb, dataOf };
}

describe("thumbs under an answer in Telegram", () => {
  it("stand there only when the assistant asks for them", async () => {
    expect((await givenAnswer(false)).answer()?.buttons).toEqual([]);
    const { answer } = await givenAnswer();
    expect(answer()?.buttons[0]?.map(({ text }) => text)).toEqual(["👍", "👎"]);
  });

  it("are kept, ticked and can be changed; a repeat does no harm", async () => {
    const talk = await givenAnswer();
    expect(await talk.press(talk.dataOf(1))).toBe("Thank you");
    expect(await talk.thumb()).toBe("down");
    expect(talk.answer()?.buttons[0]?.map(({ text }) => text)).toEqual(["👍", "👎 ✓"]);
    expect(await talk.press(talk.dataOf(1))).toBe("Thank you");
    await talk.press(talk.dataOf(0));
    expect(await talk.thumb()).toBe("up");
    expect(talk.answer()?.buttons[0]?.map(({ text }) => text)).toEqual(["👍 ✓", "👎"]);
  });

  it("of a stranger, of another bot or under nothing change nothing", async () => {
    const talk = await givenAnswer();
    await talk.press(talk.dataOf(1), 777);
    await talk.press(`down:${newId()}`);
    const other = await givenAnswer();
    await other.press(talk.dataOf(1), talk.fake.visitor.id);
    expect(await talk.thumb()).toBeNull();
  });

  it("are never asked for in a group", async () => {
    const talk = await givenAnswer();
    const group = { id: -100_801, type: "supergroup" };
    const message = talk.fake.messageOf(`@${talk.fake.username} how much?`, { id: 9_002, first_name: "G" }, group);
    await recordAndRun(db, talk.bot.id, { message });
    expect(talk.fake.sent.at(-1)).toMatchObject({ chatId: -100_801, buttons: [] });
  });
});
