import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, recordAndRun, runDelivery, threadOf } from "@/modules/bots/testing";
import { rateDialog } from "@/modules/dialogs/server/ratings";
import { listDialogs } from "@/modules/dialogs/server/list/service";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx } from "@/server/jobs/testing";
import { askRatingsJob } from "../jobs";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

const afterMinutes = (minutes: number) => () => new Date(Date.now() + minutes * 60_000);
const askAt = (now: () => Date) => askRatingsJob.run(jobCtx(db, askRatingsJob, { now }), {});

async function givenAnswer(text = "How much is delivery?") {
  const { ctx } = await givenWorkspace(db);
  const { bot, fake } = await givenBot(ctx, telegram, (await givenAssistant(ctx, { language: "en" })).id);
  const says = (words: string) => recordAndRun(db, bot.id, { message: fake.messageOf(words) });
  await says(text);
  const dialogId = (await threadOf(ctx))?.dialog.id ?? "";
  const deliver = () => runDelivery(db, dialogId);
  const requests = () => fake.sent.filter(({ buttons }) => buttons.length > 0);
  const presses = async (data: string, personId = fake.visitor.id) => {
    const message = requests()[0];
    const at = message && { messageId: message.messageId, chatId: message.chatId };
    await recordAndRun(db, bot.id, fake.desk.press(personId, data, at));
    return [...fake.desk.presses.values()].at(-1)?.text;
  };
  const rating = async () => (await threadOf(ctx))?.dialog.rating;
  return { ctx, bot, fake, dialogId, says, deliver, requests, presses, rating };
}

async function givenRequest() {
  const talk = await givenAnswer();
  await askAt(afterMinutes(31));
  await talk.deliver();
  return talk;
}

describe("a talk that rests after an answer", () => {
  it("is asked for a rating once, with five buttons, also when two workers ask at once", async () => {
    const talk = await givenAnswer();
    await Promise.all([askAt(afterMinutes(31)), askAt(afterMinutes(31))]);
    await askAt(afterMinutes(90));
    await talk.deliver();
    expect(talk.requests().map(({ buttons }) => buttons)).toEqual([
      [[1, 2, 3, 4, 5].map((stars) => ({ text: `${stars} ★`, data: `rate:${talk.dialogId}:${stars}` }))],
    ]);
    const [item] = (await listDialogs(talk.ctx, { limit: 1 })).items;
    expect(item?.lastMessage).not.toContain("Rate");
  });

  it.each([
    ["has not rested long enough", 29, async () => undefined],
    ["was forgotten", 24 * 60, async () => undefined],
    ["waits for an answer", 31, (talk: Talk) => talk.says("/operator")],
    ["was ended by its visitor", 31, (talk: Talk) => talk.says("/reset")],
  ])("is not asked when it %s", async (_, minutes, prepare) => {
    const talk = await givenAnswer();
    await prepare(talk);
    await askAt(afterMinutes(minutes));
    await talk.deliver();
    expect(talk.requests()).toEqual([]);
  });

  it("is not asked where ratings are switched off", async () => {
    const talk = await givenAnswer();
    await setLimit(db, "ratingRestMinutes", 0);
    await askAt(afterMinutes(31));
    await setLimit(db, "ratingRestMinutes", 30);
    await talk.deliver();
    expect(talk.requests()).toEqual([]);
  });

  it("is not asked twice a day, though the visitor began anew", async () => {
    const talk = await givenRequest();
    await talk.says("/reset");
    await talk.says("And pickup?");
    await askAt(afterMinutes(60));
    for (const { id } of (await listDialogs(talk.ctx, { limit: 10 })).items) await runDelivery(db, id);
    expect(talk.requests()).toHaveLength(1);
  });

  it("is never asked in a group", async () => {
    const talk = await givenAnswer();
    const group = { id: -100_800, type: "supergroup" };
    const message = talk.fake.messageOf(`@${talk.fake.username} how much?`, { id: 9_001, first_name: "G" }, group);
    await recordAndRun(db, talk.bot.id, { message });
    await askAt(afterMinutes(31));
    for (const { id } of (await listDialogs(talk.ctx, { limit: 10 })).items) await runDelivery(db, id);
    expect(talk.requests().map(({ chatId }) => chatId)).toEqual([talk.fake.visitor.id]);
  });
});

describe("a rating", () => {
  it("is kept, shown to the team and thanked for; a second press changes it", async () => {
    const talk = await givenRequest();
    expect(await talk.presses(`rate:${talk.dialogId}:4`)).toBe("Thank you");
    expect(await talk.rating()).toBe(4);
    expect(talk.fake.sent.at(-1)).toMatchObject({ text: "★★★★☆\nThank you for the rating", buttons: [] });
    await talk.presses(`rate:${talk.dialogId}:2`);
    expect(await talk.rating()).toBe(2);
    expect((await listDialogs(talk.ctx, { limit: 1 })).items[0]?.rating).toBe(2);
  });

  it("of nobody, of a stranger or beyond five changes nothing", async () => {
    const talk = await givenRequest();
    for (const stars of [0, 6, -1, 1.5]) await talk.presses(`rate:${talk.dialogId}:${stars}`);
    await talk.presses(`rate:${talk.dialogId}:5`, 777);
    expect(await talk.rating()).toBeNull();
    await expect(rateDialog(talk.ctx, { dialogId: talk.dialogId, stars: 0 })).rejects.toThrow();
    await expect(rateDialog(talk.ctx, { dialogId: talk.dialogId, stars: 6 })).rejects.toThrow();
    await expect(rateDialog(talk.ctx, { dialogId: newId(), stars: 5 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("from another workspace is NOT_FOUND", async () => {
    const talk = await givenRequest();
    const { ctx: stranger } = await givenWorkspace(db);
    const rated = rateDialog(stranger, { dialogId: talk.dialogId, stars: 5 });
    await expect(rated).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await talk.rating()).toBeNull();
  });

  it("pressed twice at once is one rating", async () => {
    const talk = await givenRequest();
    await Promise.all([3, 5].map((stars) => rateDialog(talk.ctx, { dialogId: talk.dialogId, stars })));
    expect([3, 5]).toContain(await talk.rating());
  });
});

type Talk = Awaited<ReturnType<typeof givenAnswer>>;
