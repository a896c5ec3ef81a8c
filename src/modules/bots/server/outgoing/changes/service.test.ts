import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { deletableForMs } from "@/modules/dialogs/changes/rules";
import { deleteMessage, editMessage } from "@/modules/dialogs/server/changes/service";
import { retryDelivery } from "@/modules/dialogs/server/delivery/service";
import { listMessages } from "@/modules/dialogs/server/service";
import { takeDialog } from "@/modules/handoff/server/holding";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { setLimit } from "@/modules/system/server/settings";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { messageChangedJob, operatorRepliedJob } from "../../jobs";
import { givenChat as givenGreeting } from "../testing";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

const LONG = `${"First. ".repeat(500)}\n\n${"Second. ".repeat(500)}`;

async function given(text = "Tomorow at nine") {
  const chat = await givenGreeting(db, telegram);
  await chat.deliver();
  await takeDialog(chat.ctx, { dialogId: chat.dialogId });
  const { id: messageId } = await replyToVisitor(chat.ctx, { dialogId: chat.dialogId, id: newId(), text });
  const payload = { workspaceId: chat.ctx.workspaceId, dialogId: chat.dialogId, messageId };
  const send = async () => {
    await chat.deliver();
    await operatorRepliedJob.run(jobCtx(db, operatorRepliedJob), payload);
    await expect.poll(async () => (await chat.deliver(), (await read())?.delivery), { timeout: 10_000 }).toBe("sent");
  };
  const carry = async (attempt: { isLastAttempt?: boolean } = {}) =>
    messageChangedJob.run(jobCtx(db, messageChangedJob, attempt), payload);
  const untilCarried = () =>
    expect.poll(async () => (await carry(), (await read())?.change?.state), { timeout: 10_000 }).not.toBe("queued");
  const read = async () =>
    (await listMessages(chat.ctx, { dialogId: chat.dialogId, limit: 100 })).items.find(({ id }) => id === messageId);
  return { ...chat, messageId, payload, send, carry, untilCarried, read };
}

describe("a change of a sent message", () => {
  it("reaches the visitor in its place, under the author's name, once", async () => {
    const { ctx, fake, messageId, send, carry, untilCarried, read } = await given();
    await send();
    const before = fake.sent.length;
    await editMessage(ctx, { messageId, text: "Tomorrow <at> nine" });
    await untilCarried();
    await carry();
    expect(fake.sent).toHaveLength(before);
    expect(fake.sent.at(-1)).toMatchObject({ text: expect.stringMatching(/\nTomorrow <at> nine$/), parseMode: "HTML" });
    expect(fake.calls.filter(({ method }) => method === "editMessageText")).toHaveLength(1);
    expect(await read()).toMatchObject({ delivery: "sent", change: { kind: "edit", state: "done" } });
  });

  it("deletes what a shorter text does not need and sends what a longer one adds", async () => {
    const { ctx, fake, messageId, send, untilCarried, read } = await given(LONG);
    await send();
    const before = fake.sent.length;
    await editMessage(ctx, { messageId, text: "Short" });
    await untilCarried();
    expect(fake.sent).toHaveLength(before - 1);
    expect(fake.sent.at(-1)?.text).toMatch(/\nShort$/);
    await editMessage(ctx, { messageId, text: LONG });
    await untilCarried();
    await expect.poll(() => fake.sent.length, { timeout: 5_000 }).toBe(before);
    expect(fake.sent.slice(-2).map(({ text }) => text.trim().slice(-7))).toEqual(
      ["First.", "Second."].map((w) => expect.stringContaining(w)),
    );
    await expect.poll(async () => (await read())?.delivery, { timeout: 5_000 }).toBe("sent");
  });

  it("that comes before the message left makes it leave with the new words only", async () => {
    const { ctx, fake, messageId, send, untilCarried } = await given();
    await editMessage(ctx, { messageId, text: "Right" });
    await send();
    await untilCarried();
    expect(fake.sent.at(-1)?.text).toMatch(/\nRight$/);
    expect(fake.calls.some(({ method }) => method === "editMessageText")).toBe(false);
  });

  it("of a failed message is what the next try sends", async () => {
    const { ctx, fake, messageId, deliver, payload, untilCarried, read } = await given();
    await deliver();
    fake.script("sendMessage", { ok: false, error_code: 400, description: "Bad Request: not enough rights" });
    await operatorRepliedJob.run(jobCtx(db, operatorRepliedJob), payload);
    await expect.poll(async () => (await deliver(), (await read())?.delivery), { timeout: 5_000 }).toBe("failed");
    await editMessage(ctx, { messageId, text: "Right" });
    await untilCarried();
    await retryDelivery(ctx, { messageId });
    await expect.poll(async () => (await deliver(), (await read())?.delivery), { timeout: 5_000 }).toBe("sent");
    expect(fake.sent.at(-1)?.text).toMatch(/\nRight$/);
  });

  it("is made again after a call without an answer, and ends as one change", async () => {
    const { ctx, fake, messageId, send, carry, untilCarried, read } = await given();
    await send();
    await editMessage(ctx, { messageId, text: "Right" });
    fake.script("editMessageText", "accept-then-cut");
    await expect
      .poll(
        () =>
          carry().then(
            () => "through",
            () => "thrown",
          ),
        { timeout: 5_000 },
      )
      .toBe("thrown");
    await expect
      .poll(
        () =>
          carry()
            .catch(() => undefined)
            .then(async () => (await read())?.change?.state),
        { timeout: 5_000 },
      )
      .toBe("done");
    await untilCarried();
    expect(fake.sent.at(-1)?.text).toMatch(/\nRight$/);
  });

  it("says honestly that the visitor still reads the old words when Telegram refuses", async () => {
    const { ctx, fake, messageId, send, untilCarried, read } = await given();
    await send();
    fake.script("editMessageText", { ok: false, error_code: 400, description: "Bad Request: message can't be edited" });
    await editMessage(ctx, { messageId, text: "Right" });
    await untilCarried();
    expect(await read()).toMatchObject({ text: "Right", change: { kind: "edit", state: "failed", reason: "refused" } });
    await editMessage(ctx, { messageId, text: "Right" });
    await untilCarried();
    expect(await read()).toMatchObject({ change: { kind: "edit", state: "done" } });
    expect(fake.sent.at(-1)?.text).toMatch(/\nRight$/);
  });

  it("gives up with its reason when Telegram stays away", async () => {
    const { ctx, fake, messageId, send, carry, read } = await given();
    await send();
    const down = { ok: false, error_code: 502, description: "Bad Gateway" } as const;
    fake.script("editMessageText", down);
    await editMessage(ctx, { messageId, text: "Right" });
    await expect
      .poll(async () => (await carry({ isLastAttempt: true }), (await read())?.change?.state), { timeout: 5_000 })
      .toBe("failed");
    expect(await read()).toMatchObject({ change: { reason: "telegram-unavailable" } });
  });

  it("waits as long as Telegram asks", async () => {
    const { ctx, fake, messageId, payload, send, carry, read } = await given();
    await send();
    fake.script("editMessageText", fake.tooManyRequests(1));
    await editMessage(ctx, { messageId, text: "Right" });
    await expect
      .poll(
        async () => (
          await carry(),
          fake.calls.length && (await pendingPayloads(db, messageChangedJob, payload)).length
        ),
        {
          timeout: 5_000,
        },
      )
      .toBeGreaterThan(1);
    expect(await read()).toMatchObject({ change: { state: "queued" } });
  });
});

describe("a deleted message", () => {
  it("disappears at the visitor's, all parts of it", async () => {
    const { ctx, fake, messageId, send, untilCarried, read } = await given(LONG);
    await send();
    const before = fake.sent.length;
    await deleteMessage(ctx, { messageId });
    await untilCarried();
    expect(fake.sent).toHaveLength(before - 2);
    expect(fake.changes.deleted).toHaveLength(2);
    expect(await read()).toMatchObject({ change: { kind: "delete", state: "done" } });
  });

  it("never leaves when it was still waiting, and no retry brings it back", async () => {
    const { ctx, fake, messageId, payload, deliver, untilCarried, read } = await given();
    await deliver();
    const before = fake.sent.length;
    await deleteMessage(ctx, { messageId });
    await operatorRepliedJob.run(jobCtx(db, operatorRepliedJob), payload);
    await untilCarried();
    expect((await read())?.delivery).toBeNull();
    await retryDelivery(ctx, { messageId });
    await deliver();
    expect(fake.sent).toHaveLength(before);
  });

  it("counts as deleted when Telegram no longer has it", async () => {
    const { ctx, fake, messageId, send, untilCarried, read } = await given();
    await send();
    fake.sent.pop();
    await deleteMessage(ctx, { messageId });
    await untilCarried();
    expect(await read()).toMatchObject({ change: { state: "done" } });
  });

  it("is refused beforehand once Telegram would not delete it any more", async () => {
    const { ctx, messageId, send, read } = await given();
    await send();
    const later = { ...ctx, now: () => new Date(Date.now() + deletableForMs) };
    await expect(deleteMessage(later, { messageId })).rejects.toMatchObject({
      code: "CONFLICT",
      facts: { reason: "too-old-to-delete" },
    });
    expect(await read()).toMatchObject({ removedAt: null });
  });

  it("says that the visitor still sees it when Telegram refuses all the same", async () => {
    const { ctx, fake, messageId, send, untilCarried, read } = await given();
    await send();
    for (const message of fake.sent) message.sentAtMs -= deletableForMs;
    await deleteMessage(ctx, { messageId });
    await untilCarried();
    expect(await read()).toMatchObject({ change: { kind: "delete", state: "failed", reason: "refused" } });
    expect(fake.changes.deleted).toEqual([]);
  });

  it("cannot be taken back when Telegram never confirmed it, and says so", async () => {
    const { ctx, fake, messageId, deliver, payload, untilCarried, read } = await given();
    await deliver();
    fake.script("sendMessage", "reset");
    await operatorRepliedJob.run(jobCtx(db, operatorRepliedJob), payload);
    await expect.poll(async () => (await deliver(), (await read())?.delivery), { timeout: 5_000 }).toBe("uncertain");
    await deleteMessage(ctx, { messageId });
    await untilCarried();
    expect(await read()).toMatchObject({ change: { state: "failed", reason: "unconfirmed" } });
  });
});
