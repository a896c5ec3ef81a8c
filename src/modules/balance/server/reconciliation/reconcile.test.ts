import { and, isNull, like, sql } from "drizzle-orm";
import { afterEach, expect, it } from "vitest";
import { dialogs, messages } from "@/db/schema/dialogs";
import { generations } from "@/db/schema/generations";
import { alerts } from "@/db/schema/platform";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { addText } from "@/modules/knowledge/server/service/documents";
import { givenAssistant, ingestNow } from "@/modules/knowledge/testing";
import { lettersTo } from "@/modules/email/testing";
import { givenUser, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { jobCtx } from "@/server/jobs/testing";
import { chargeDocument, holdPrice } from "../charging";
import { capture } from "../charging-repository";
import { reconcileJob } from "../jobs";

const PRICE = 5_000_000;
const db = testDb();
const look = () => reconcileJob.run(jobCtx(db, reconcileJob), {});
const openAlerts = (workspaceId: string) =>
  db
    .select({ detail: alerts.detail })
    .from(alerts)
    .where(and(isNull(alerts.resolvedAt), like(alerts.key, `%${workspaceId}`)));
const setWallet = (workspaceId: string, change: string) =>
  db.execute(sql`update wallets set ${sql.raw(change)} where workspace_id = ${workspaceId}::uuid`);

async function givenBusyWallet() {
  const { ctx } = await givenWorkspace(db, { fundsMicros: 10 * PRICE });
  const reference = { kind: "document", id: newId() } as const;
  await holdPrice(ctx, { service: "document_processed", reference });
  await chargeDocument(ctx, reference);
  await holdPrice(ctx, { service: "document_processed", reference: { kind: "document", id: newId() } });
  return ctx.workspaceId;
}

let broken: string | undefined;
afterEach(async () => {
  if (broken) await db.execute(sql`delete from workspaces where id = ${broken}::uuid`);
  broken = undefined;
});

it("finds nothing wrong while money only moves by the rules", async () => {
  const id = await givenBusyWallet();
  await look();
  expect(await openAlerts(id)).toEqual([]);
});

it("tells the staff once when a wallet does not agree with its ledger, and closes the alert when it does again", async () => {
  const id = (broken = await givenBusyWallet());
  const staff = await givenUser(db, { role: "admin" });
  await setWallet(id, "available_micros = available_micros + 1");
  await look();
  await look();
  expect(await openAlerts(id)).toEqual([{ detail: { wallet: `${9 * PRICE} / ${9 * PRICE + 1}` } }]);
  const letters = (await lettersTo(db, staff.email)).filter(({ kind }) => kind === "balance-mismatch");
  expect(letters).toHaveLength(1);
  await setWallet(id, "available_micros = available_micros - 1");
  await look();
  expect(await openAlerts(id)).toEqual([]);
});

it("notices money on hold that no work stands for", async () => {
  const id = (broken = await givenBusyWallet());
  await setWallet(id, "available_micros = available_micros - 5, held_micros = held_micros + 5");
  await look();
  const [alert] = await openAlerts(id);
  expect(Object.keys(alert?.detail ?? {}).toSorted()).toEqual(["holds", "wallet"]);
});

async function givenQuestion(ctx: MemberCtx) {
  const { workspaceId } = ctx;
  const [dialogId, messageId] = [newId(), newId()];
  await db
    .insert(dialogs)
    .values({ id: dialogId, workspaceId, assistantId: await givenAssistant(ctx), channel: "api", visitorKey: newId() });
  await db
    .insert(messages)
    .values({ workspaceId, dialogId, id: messageId, seq: 1, author: "visitor", clientId: newId(), text: "A text" });
  return { dialogId, messageId };
}

it("notices a charge for an answer that nobody got", async () => {
  const { ctx } = await givenWorkspace(db, { fundsMicros: PRICE });
  const { workspaceId } = ctx;
  broken = workspaceId;
  const { dialogId, messageId } = await givenQuestion(ctx);
  const reference = { kind: "generation", id: newId() } as const;
  await holdPrice(ctx, { service: "answer_api", reference });
  await db.insert(generations).values({
    workspaceId,
    dialogId,
    id: reference.id,
    visitorMessageId: messageId,
    epoch: 0,
    state: "delivered",
  });
  const booking = { workspaceId, reference, at: new Date(), actor: { kind: "system", id: null } };
  await capture(db, booking, { kind: "charge_answer", key: `answer:${messageId}`, about: newId() });
  await look();
  expect(await openAlerts(workspaceId)).toEqual([{ detail: { answers: "0 / 1" } }]);
});

it("notices a document that is ready and unpaid, and one that failed and was charged", async () => {
  const { ctx } = await givenWorkspace(db, { fundsMicros: 3 * PRICE });
  broken = ctx.workspaceId;
  const assistantId = await givenAssistant(ctx);
  const add = async (title: string) => (await addText(ctx, { assistantId, title, text: `About ${title}.` })).id;
  const set = (id: string, status: string) =>
    db.execute(sql`update documents set status = ${status} where id = ${id}::uuid`);
  const [unpaid, failed] = [await add("tea"), await add("coffee"), await add("what waits to be read")];
  await ingestNow(db, failed);
  await look();
  expect(await openAlerts(ctx.workspaceId)).toEqual([]);
  await Promise.all([set(unpaid, "ready"), set(failed, "failed")]);
  await look();
  expect(await openAlerts(ctx.workspaceId)).toEqual([{ detail: { documents: "0 / 2" } }]);
});

it("notices an answer that says a price which nobody was charged", async () => {
  const { ctx } = await givenWorkspace(db, { fundsMicros: PRICE });
  const { workspaceId } = ctx;
  broken = workspaceId;
  const { dialogId, messageId } = await givenQuestion(ctx);
  await db.insert(messages).values({
    workspaceId,
    dialogId,
    seq: 2,
    author: "assistant",
    clientId: newId(),
    text: "A text",
    replyToId: messageId,
    chargeMicros: PRICE,
  });
  await look();
  expect(await openAlerts(workspaceId)).toEqual([{ detail: { charges: "0 / 1" } }]);
});
