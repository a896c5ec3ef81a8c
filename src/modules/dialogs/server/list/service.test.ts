import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { messages } from "@/db/schema/dialogs";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { listDialogsInput } from "@/modules/dialogs/contract";
import { tagDialog } from "@/modules/dialogs/server/notes";
import { rateAnswer, rateDialog } from "@/modules/dialogs/server/ratings";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { closeDialog } from "@/modules/dialogs/server/service";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { countDialogs, listDialogs } from "./service";

const db = testDb();
type Filter = Parameters<typeof listDialogsInput.parse>[0];

async function given() {
  const { ctx } = await givenWorkspace(db);
  const { id: assistantId } = await givenAssistant(ctx, { name: "Shop" });
  const dialog = async (at = new Date(), text = "Hello", channel: "telegram" | "api" = "telegram") => {
    const then = { ...ctx, now: () => at };
    const message = { assistantId, channel, visitorKey: newId(), clientId: newId(), text };
    return receiveMessage(then, message);
  };
  const found = async (filter: Filter, now = new Date()) => {
    const { items } = await listDialogs({ ...ctx, now: () => now }, listDialogsInput.parse(filter));
    return items.map(({ id }) => id);
  };
  return { ctx, assistantId, dialog, found };
}

async function answer(ctx: WorkspaceCtx, { dialogId, messageId }: { dialogId: string; messageId: string }, at: Date) {
  const id = newId();
  const text = { seq: 2, text: "Five roubles", author: "assistant" as const, clientId: newId() };
  const row = { id, workspaceId: ctx.workspaceId, dialogId, replyToId: messageId, createdAt: at, ...text };
  await db.insert(messages).values(row);
  await db.execute(sql`update dialogs set message_seq = 2 where id = ${dialogId}::uuid`);
  return id;
}

describe("the list of dialogs", () => {
  it("knows today, this week and this month by the clock of the workspace", async () => {
    const { dialog, found } = await given();
    const october = await dialog(new Date("2025-10-31T20:59:59Z"));
    const november = await dialog(new Date("2025-10-31T21:00:00Z"));
    const week = await dialog(new Date("2025-11-09T21:00:00Z"));
    const today = await dialog(new Date("2025-11-12T21:30:00Z"));
    const now = new Date("2025-11-12T22:00:00Z");
    const [o, n, w, t] = [october, november, week, today].map(({ dialogId }) => dialogId);
    expect(await found({ period: "today" }, now)).toEqual([t]);
    expect(await found({ period: "week" }, now)).toEqual([t, w]);
    expect(await found({ period: "month" }, now)).toEqual([t, w, n]);
    expect(await found({ period: "custom", to: "2025-10-31" }, now)).toEqual([o]);
    expect(await found({ period: "custom", from: "2025-11-01", to: "2025-11-10" }, now)).toEqual([w, n]);
  });

  it("is narrowed by stars, thumbs, tags and what became of a dialog", async () => {
    const { ctx, dialog, found } = await given();
    const [bad, fair, good, unrated] = [await dialog(), await dialog(), await dialog(), await dialog()];
    await rateDialog(ctx, { dialogId: bad.dialogId, stars: 2 });
    await rateDialog(ctx, { dialogId: fair.dialogId, stars: 3 });
    await rateDialog(ctx, { dialogId: good.dialogId, stars: 4 });
    const visitor: WorkspaceCtx = { ...ctx, actor: { kind: "visitor", visitorKey: "v" } };
    await rateAnswer(visitor, { messageId: await answer(ctx, unrated, new Date()), thumb: "down" });
    await tagDialog(ctx, { dialogId: fair.dialogId, text: "delivery" });
    await closeDialog(ctx, { dialogId: good.dialogId, resolution: "solved" });
    expect(await found({ rating: "low" })).toEqual([bad.dialogId]);
    expect(await found({ rating: "middle" })).toEqual([fair.dialogId]);
    expect(await found({ rating: "high" })).toEqual([good.dialogId]);
    expect(await found({ rating: "none" })).toEqual([unrated.dialogId]);
    expect(await found({ rating: "disliked" })).toEqual([unrated.dialogId]);
    expect(await found({ tag: "Delivery" })).toEqual([fair.dialogId]);
    expect(await found({ resolution: "solved" })).toEqual([good.dialogId]);
    expect(await found({ resolution: "none" })).toHaveLength(3);
  });

  it("counts what each channel, assistant and tag would show under the other filters", async () => {
    const { ctx, assistantId, dialog } = await given();
    const { id: other } = await givenAssistant(ctx, { name: "Bank" });
    await dialog();
    const tagged = await dialog();
    await dialog(new Date(), "Hello", "api");
    await receiveMessage(ctx, { assistantId: other, channel: "api", visitorKey: "x", clientId: "1", text: "Hi" });
    await tagDialog(ctx, { dialogId: tagged.dialogId, text: "vip" });
    expect(await countDialogs(ctx, { channel: "telegram" })).toEqual({
      total: 2,
      channels: expect.arrayContaining([
        { channel: "telegram", count: 2 },
        { channel: "api", count: 2 },
      ]),
      assistants: [{ id: assistantId, name: "Shop", count: 2 }],
      tags: [{ tag: "vip", count: 1 }],
    });
    const { ctx: stranger } = await givenWorkspace(db);
    expect(await countDialogs(stranger, {})).toEqual({ total: 0, channels: [], assistants: [], tags: [] });
  });

  it("finds words of messages in whatever form, beginnings too, and never another tenant's", async () => {
    const { dialog, found } = await given();
    const { dialogId } = await dialog(new Date(), `${"Здравствуйте. ".repeat(20)}Когда приедет доставка ёлки?`);
    for (const search of ["доставки", "доставк", "елки", "ЁЛКА"]) expect(await found({ search })).toEqual([dialogId]);
    for (const search of ["the", "!!!", "и", "'", "\\", ":*", "a & b | !c"]) {
      expect(await found({ search })).toEqual([]);
    }
    const stranger = await given();
    expect(await stranger.found({ search: "доставка" })).toEqual([]);
  });

  it("tells how long the visitor waited for the assistant and for a person, apart", async () => {
    const { ctx, dialog } = await given();
    const first = await dialog(new Date("2025-11-12T10:00:00Z"));
    expect((await listDialogs(ctx, { limit: 1 })).items[0]?.firstReply).toEqual({ aiMs: null, personMs: null });
    await answer(ctx, first, new Date("2025-11-12T10:00:01.500Z"));
    expect((await listDialogs(ctx, { limit: 1 })).items[0]?.firstReply).toEqual({ aiMs: 1_500, personMs: null });
  });
});
