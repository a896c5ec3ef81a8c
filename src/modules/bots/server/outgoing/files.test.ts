import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { deliveryRetried } from "@/modules/dialogs/events";
import { retryDelivery } from "@/modules/dialogs/server/delivery/service";
import { listMessages } from "@/modules/dialogs/server/service";
import { receiveFile } from "@/modules/handoff/server/files/service";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { PNG } from "@/modules/handoff/testing";
import { setLimit } from "@/modules/system/server/settings";
import { defineJob } from "@/server/jobs/define";
import { jobCtx } from "@/server/jobs/testing";
import { removeStored, stageFile } from "@/server/storage";
import { sendSpoken } from "./spoken";
import { givenChat } from "./testing";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
const job = defineJob({ ...deliveryRetried, run: async () => undefined });

beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

async function* once(bytes: Uint8Array) {
  yield bytes;
}

async function given(file: { name?: string; bytes?: Uint8Array } = {}) {
  const chat = await givenChat(db, telegram);
  const { ctx, dialogId, fake } = chat;
  await chat.deliver();
  const { name = "Посылка «1».png", bytes = PNG } = file;
  const staged = await stageFile(once(bytes), 30_000_000);
  const { id: fileId } = await receiveFile(ctx, { dialogId, id: newId(), fileName: name, file: staged });
  const before = fake.sent.length;
  const reply = async (text: string) => {
    const message = await replyToVisitor(ctx, { dialogId, id: newId(), text, fileId, takeOver: true });
    const send = () => sendSpoken(jobCtx(db, job), { workspaceId: ctx.workspaceId, messageId: message.id });
    const state = async () =>
      (await listMessages(ctx, { dialogId, limit: 50 })).items.find(({ id }) => id === message.id)?.delivery;
    return { ...message, send, state };
  };
  const arrived = () => fake.sent.slice(before).filter(({ file, text }) => file || !/answering/i.test(text));
  return { ...chat, staged, reply, arrived };
}

describe("a file on its way to a visitor", () => {
  it("arrives once as a picture with the operator's name and words, whatever they contain", async () => {
    const { user, reply, arrived } = await given();
    const message = await reply("Вот <b>она</b> & чек\nстрока");
    await message.send();
    await message.send();
    const photos = arrived().filter(({ file }) => file);
    expect(photos).toHaveLength(1);
    expect(photos[0]).toMatchObject({
      text: expect.stringMatching(new RegExp(`^${user.name}[^\n\r]*\nВот <b>она</b> & чек\nстрока$`)),
      file: { field: "photo", name: "Посылка «1».png", type: "image/png" },
    });
    expect(Buffer.from(photos[0]?.file?.bytes ?? [])).toEqual(PNG);
    expect(await message.state()).toBe("sent");
  });

  it("arrives as a document under its own name when it is no picture", async () => {
    const { reply, arrived } = await given({ name: "Счёт.txt", bytes: Buffer.from("Итого: 5 ₽") });
    const message = await reply("");
    await message.send();
    expect(arrived().filter(({ file }) => file)).toMatchObject([{ file: { field: "document", name: "Счёт.txt" } }]);
    expect(await message.state()).toBe("sent");
  });

  it("is followed by words that are too long for a caption", async () => {
    const { reply, arrived } = await given();
    const message = await reply("word ".repeat(300).trim());
    await message.send();
    const [file, words] = arrived().slice(-2);
    expect(file?.file?.field).toBe("photo");
    expect(words).toMatchObject({ file: null, text: "word ".repeat(300).trim() });
    expect(await message.state()).toBe("sent");
  });

  it("goes as a document when Telegram does not take it for a picture", async () => {
    const { fake, reply, arrived } = await given();
    const message = await reply("Look");
    fake.script("sendPhoto", { ok: false, error_code: 400, description: "Bad Request: PHOTO_INVALID_DIMENSIONS" });
    await message.send();
    expect(arrived().filter(({ file }) => file)).toMatchObject([{ file: { field: "document" } }]);
    expect(await message.state()).toBe("sent");
  });

  it("is shown as uncertain when Telegram fell silent, and leaves again only when a person asks", async () => {
    const { ctx, fake, reply, arrived } = await given();
    const message = await reply("");
    fake.script("sendPhoto", "accept-then-cut");
    await message.send();
    expect(await message.state()).toBe("uncertain");
    await message.send();
    expect(arrived().filter(({ file }) => file)).toHaveLength(1);
    await retryDelivery(ctx, { messageId: message.id });
    await message.send();
    expect(arrived().filter(({ file }) => file)).toHaveLength(2);
    expect(await message.state()).toBe("sent");
  });

  it("fails with a reason when its bytes are gone", async () => {
    const { staged, reply } = await given();
    const message = await reply("");
    await removeStored(staged.key);
    await message.send();
    expect(await message.state()).toBe("failed");
  });
});
