import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { removeAssistantTracesJob } from "@/modules/assistants/server/jobs";
import { releaseForgottenHoldsJob } from "@/modules/balance/server/jobs";
import { accountsOf } from "@/modules/balance/testing";
import { givenAssistant, ingestNow, upload } from "@/modules/knowledge/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { jobCtx } from "@/server/jobs/testing";
import { getDocument, addText, removeDocument, retryDocument } from "./service/documents";

const PRICE = 5_000_000;
const db = testDb();
const TEXT = "Delivery in Moscow costs 300 roubles and takes two days.";
const bytes = (text: string) => new TextEncoder().encode(text);

async function givenMoneyFor(documents: number) {
  const { ctx } = await givenWorkspace(db, { fundsMicros: PRICE * documents });
  return { ctx, assistantId: await givenAssistant(ctx) };
}

async function expectMoney(ctx: MemberCtx, wanted: { available: number; held: number; charges: number }) {
  const { availableMicros, heldMicros, ledger } = await accountsOf(db, ctx.workspaceId);
  expect({ available: availableMicros, held: heldMicros, charges: ledger.charges }).toEqual(wanted);
  expect([ledger.sumMicros, ledger.availableMicros, ledger.heldMicros]).toEqual([0, availableMicros, heldMicros]);
}

const txt = (assistantId: string, text = TEXT) => ({ assistantId, name: "prices.txt", bytes: bytes(text) });
const unreadable = (assistantId: string) => ({ assistantId, name: "nothing.txt", bytes: bytes("... --- ... !!!") });

describe("a document is paid for", () => {
  it("when it is ready, not when it is uploaded, and once however often its job runs", async () => {
    const { ctx, assistantId } = await givenMoneyFor(2);
    const id = await upload(ctx, txt(assistantId));
    await expectMoney(ctx, { available: PRICE, held: PRICE, charges: 0 });
    await Promise.all([ingestNow(db, id), ingestNow(db, id)]);
    await ingestNow(db, id);
    expect((await getDocument(ctx, id)).status).toBe("ready");
    await expectMoney(ctx, { available: PRICE, held: 0, charges: 1 });
  });

  it("also when it was typed in", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const { id } = await addText(ctx, { assistantId, title: "Prices", text: TEXT });
    await ingestNow(db, id);
    await expectMoney(ctx, { available: 0, held: 0, charges: 1 });
  });

  it("and names the document in the ledger", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const id = await upload(ctx, txt(assistantId));
    await ingestNow(db, id);
    const [row] = await db.execute<{ about: string }>(sql`
      select reference_id as about from ledger_transactions where workspace_id = ${ctx.workspaceId}::uuid and kind = 'charge_document'`);
    expect(row?.about).toBe(id);
  });

  it("never twice when a worker dies between reading and storing", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const id = await upload(ctx, txt(assistantId));
    await expect(ingestNow(db, id, { signal: AbortSignal.abort(new Error("killed")) })).rejects.toThrow();
    await expectMoney(ctx, { available: 0, held: PRICE, charges: 0 });
    await ingestNow(db, id);
    await expectMoney(ctx, { available: 0, held: 0, charges: 1 });
  });
});

describe("nothing is paid", () => {
  it("for a file that could not be read; another try reserves the price anew", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const id = await upload(ctx, unreadable(assistantId));
    await ingestNow(db, id, { isLastAttempt: true });
    expect((await getDocument(ctx, id)).status).toBe("failed");
    await expectMoney(ctx, { available: PRICE, held: 0, charges: 0 });
    await retryDocument(ctx, id);
    await expectMoney(ctx, { available: 0, held: PRICE, charges: 0 });
    await ingestNow(db, id, { isLastAttempt: true });
    await expectMoney(ctx, { available: PRICE, held: 0, charges: 0 });
  });

  it("for a document whose runs never come to an end; another try has all its runs again", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const id = await upload(ctx, txt(assistantId));
    const outOfTime = () => ingestNow(db, id, { signal: AbortSignal.abort(new Error("out of time")) });
    for (let run = 1; run < 8; run += 1) await expect(outOfTime()).rejects.toThrow("out of time");
    await expectMoney(ctx, { available: 0, held: PRICE, charges: 0 });
    await expect(outOfTime()).rejects.toThrow("out of time");
    expect(await getDocument(ctx, id)).toMatchObject({ status: "failed", error: "internal" });
    await expectMoney(ctx, { available: PRICE, held: 0, charges: 0 });
    await retryDocument(ctx, id);
    await expect(outOfTime()).rejects.toThrow("out of time");
    await ingestNow(db, id);
    await expectMoney(ctx, { available: 0, held: 0, charges: 1 });
  });

  it("for a document that every worker dies of", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const id = await upload(ctx, txt(assistantId));
    await db.execute(sql`update documents set status = 'extracting', attempts = 8 where id = ${id}::uuid`);
    await ingestNow(db, id);
    expect(await getDocument(ctx, id)).toMatchObject({ status: "failed", error: "internal" });
    await expectMoney(ctx, { available: PRICE, held: 0, charges: 0 });
  });

  it("by one of two people who try a failed document again at once", async () => {
    const { ctx, assistantId } = await givenMoneyFor(2);
    const id = await upload(ctx, unreadable(assistantId));
    await ingestNow(db, id, { isLastAttempt: true });
    const tries = await Promise.allSettled([retryDocument(ctx, id), retryDocument(ctx, id)]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expectMoney(ctx, { available: PRICE, held: PRICE, charges: 0 });
  });

  it("for a repeat or a file of a wrong kind", async () => {
    const { ctx, assistantId } = await givenMoneyFor(2);
    await upload(ctx, txt(assistantId));
    await expect(upload(ctx, txt(assistantId))).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(upload(ctx, { ...txt(assistantId), name: "prices.pdf" })).rejects.toMatchObject({
      code: "UNSUPPORTED_FILE",
    });
    await expectMoney(ctx, { available: PRICE, held: PRICE, charges: 0 });
  });

  it("for a document that is removed before it is ready", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const id = await upload(ctx, txt(assistantId));
    await removeDocument(ctx, id);
    await ingestNow(db, id);
    await expectMoney(ctx, { available: PRICE, held: 0, charges: 0 });
  });

  it("for the documents of an assistant that is removed", async () => {
    const { ctx, assistantId } = await givenMoneyFor(2);
    await upload(ctx, txt(assistantId));
    await upload(ctx, txt(assistantId, "Another text about delivery."));
    const { workspaceId } = ctx;
    await removeAssistantTracesJob.run(jobCtx(db, removeAssistantTracesJob), { workspaceId, assistantId });
    await expectMoney(ctx, { available: 2 * PRICE, held: 0, charges: 0 });
  });

  it("back for a ready document when it is removed later", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const id = await upload(ctx, txt(assistantId));
    await ingestNow(db, id);
    await removeDocument(ctx, id);
    await expectMoney(ctx, { available: 0, held: 0, charges: 1 });
  });
});

describe("without enough money", () => {
  it("an upload is refused with what is missing, and nothing is kept", async () => {
    const { ctx, assistantId } = await givenMoneyFor(0);
    await expect(upload(ctx, txt(assistantId))).rejects.toMatchObject({
      code: "INSUFFICIENT_FUNDS",
      facts: { reason: "no-funds", neededMicros: PRICE },
    });
    await expect(addText(ctx, { assistantId, title: "Prices", text: TEXT })).rejects.toMatchObject({
      code: "INSUFFICIENT_FUNDS",
    });
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from documents where workspace_id = ${ctx.workspaceId}::uuid`,
    );
    expect(row?.count).toBe(0);
    await expectMoney(ctx, { available: 0, held: 0, charges: 0 });
  });

  it("of ten parallel uploads exactly as many pass as can be paid", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const uploads = Array.from({ length: 10 }, (_, n) => upload(ctx, txt(assistantId, `Text number ${n} about tea.`)));
    const done = await Promise.allSettled(uploads);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expectMoney(ctx, { available: 0, held: PRICE, charges: 0 });
  });

  it("a failed document stays failed, and a document of another workspace does not exist", async () => {
    const { ctx, assistantId } = await givenMoneyFor(1);
    const id = await upload(ctx, unreadable(assistantId));
    await ingestNow(db, id, { isLastAttempt: true });
    await upload(ctx, txt(assistantId));
    await expect(retryDocument(ctx, id)).rejects.toMatchObject({ code: "INSUFFICIENT_FUNDS" });
    expect((await getDocument(ctx, id)).status).toBe("failed");
    const { ctx: stranger } = await givenMoneyFor(0);
    await expect(retryDocument(stranger, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

it("a document in the works keeps its hold however long it takes; a hold without its document is given back", async () => {
  const { ctx, assistantId } = await givenMoneyFor(2);
  const [working, gone] = [
    await upload(ctx, txt(assistantId)),
    await upload(ctx, txt(assistantId, "A text that somebody deletes.")),
  ];
  await db.execute(sql`delete from documents where id = ${gone}::uuid`);
  const tomorrow = new Date(Date.now() + 86_400_000);
  await releaseForgottenHoldsJob.run(jobCtx(db, releaseForgottenHoldsJob, { now: () => tomorrow }), {});
  await expectMoney(ctx, { available: PRICE, held: PRICE, charges: 0 });
  await ingestNow(db, working);
  await expectMoney(ctx, { available: PRICE, held: 0, charges: 1 });
});
