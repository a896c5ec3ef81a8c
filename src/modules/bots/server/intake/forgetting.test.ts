import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, recordAndRun, threadOf } from "@/modules/bots/testing";
import { removeVisitor } from "@/modules/dialogs/server/visitors/service";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx } from "@/server/jobs/testing";
import { forgetVisitorJob } from "../jobs";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

describe("a removed visitor", () => {
  it("leaves no word in the updates of Telegram, and other people's stay", async () => {
    const { ctx } = await givenWorkspace(db);
    const { bot, fake } = await givenBot(ctx, telegram, (await givenAssistant(ctx)).id);
    await recordAndRun(db, bot.id, { message: fake.messageOf("Hello", { id: 9_100, first_name: "Other" }) });
    await recordAndRun(db, bot.id, { message: fake.messageOf("My secret") });
    const { dialog } = (await threadOf(ctx)) ?? {};
    const [row] = await db.execute<{ key: string }>(sql`
      select visitor_key as key from dialogs where id = ${dialog?.id ?? ""}::uuid`);
    const visitorKey = row?.key ?? "";
    await removeVisitor(ctx, { dialogId: dialog?.id ?? "" });
    await forgetVisitorJob.run(jobCtx(db, forgetVisitorJob), { workspaceId: ctx.workspaceId, visitorKey });
    const left = await db.execute<{ text: string }>(sql`
      select payload -> 'message' ->> 'text' as text from telegram_updates where bot_id = ${bot.id}::uuid`);
    expect(left.map(({ text }) => text)).toEqual(["Hello"]);
  });
});
