import { and, isNull, like, sql } from "drizzle-orm";
import { afterEach, expect, it } from "vitest";
import { dialogs, messages } from "@/db/schema/dialogs";
import { alerts } from "@/db/schema/platform";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/knowledge/testing";
import { lettersTo } from "@/modules/email/testing";
import { givenUser, givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx } from "@/server/jobs/testing";
import { chargeDocument, holdPrice } from "../charging";
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

it("notices an answer that says a price which nobody was charged", async () => {
  const { ctx } = await givenWorkspace(db, { fundsMicros: PRICE });
  const { workspaceId } = ctx;
  broken = workspaceId;
  const [dialogId, question] = [newId(), newId()];
  const said = { workspaceId, dialogId, text: "A text" };
  await db
    .insert(dialogs)
    .values({ id: dialogId, workspaceId, assistantId: await givenAssistant(ctx), channel: "api", visitorKey: newId() });
  await db.insert(messages).values([
    { ...said, id: question, seq: 1, author: "visitor", clientId: newId() },
    { ...said, seq: 2, author: "assistant", clientId: newId(), replyToId: question, chargeMicros: PRICE },
  ]);
  await look();
  expect(await openAlerts(workspaceId)).toEqual([{ detail: { charges: "0 / 1" } }]);
});
