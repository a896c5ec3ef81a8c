import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FakeTelegram } from "../../../e2e/fakes/telegram-server";
import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { telegramUpdates } from "@/db/schema/bots";
import { connectBot } from "@/modules/bots/server/service";
import { listDialogs } from "@/modules/dialogs/server/list/service";
import { getDialog, listMessages } from "@/modules/dialogs/server/service";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { recordRawUpdate } from "@/modules/bots/server/intake/record";
import { findUpdate } from "@/modules/bots/server/intake/repository";
import { findBotOfJob } from "@/modules/bots/server/repository";
import type { Job } from "@/server/jobs/define";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { deliverJob, processUpdateJob } from "./server/jobs";

let lastUpdateId = 5_000_000;

/** Runs what the worker would run for one recorded update: processing, then delivery. */
export async function runUpdate(db: Db, botId: string, updateId: number): Promise<void> {
  await processUpdateJob.run(jobCtx(db, processUpdateJob), { botId, updateId });
}

/** Records any update as Telegram would bring it, runs it, and returns its number. */
export async function recordAndRun(db: Db, botId: string, content: Record<string, unknown>): Promise<number> {
  const updateId = (lastUpdateId += 1);
  await recordRawUpdate(db, botId, { update_id: updateId, ...content });
  await runUpdate(db, botId, updateId);
  return updateId;
}

/** The same some minutes later. */
export async function runUpdateAt(
  db: Db,
  botId: string,
  content: Record<string, unknown>,
  afterMinutes: number,
): Promise<void> {
  const updateId = (lastUpdateId += 1);
  await recordRawUpdate(db, botId, { update_id: updateId, ...content });
  const now = () => new Date(Date.now() + afterMinutes * 60_000);
  await processUpdateJob.run(jobCtx(db, processUpdateJob, { now }), { botId, updateId });
}

/** Makes an update look as if it had come and been processed days ago. */
export async function ageUpdates(db: Db, botId: string, updateId: number, days: number): Promise<void> {
  const at = new Date(Date.now() - days * 24 * 60 * 60_000);
  await db
    .update(telegramUpdates)
    .set({ receivedAt: at, processedAt: at })
    .where(and(eq(telegramUpdates.botId, botId), eq(telegramUpdates.updateId, updateId)));
}

export async function runDelivery(db: Db, dialogId: string, attempt: { isLastAttempt?: boolean } = {}): Promise<void> {
  await deliverJob.run(jobCtx(db, deliverJob, attempt), { dialogId });
}

/** How many jobs of a kind wait with these ids. */
export async function countWaiting(db: Db, job: Job, ids: Record<string, string>): Promise<number> {
  return (await pendingPayloads(db, job, ids)).length;
}

export async function updateState(db: Db, botId: string, updateId: number): Promise<string | null> {
  return (await findUpdate(db, botId, updateId))?.state ?? null;
}

/** The stored row of a bot, whatever its state. */
export async function botRef(db: Db, botId: string) {
  return findBotOfJob(db, botId);
}

/** Everything that a client could see of a value, an error's message and facts included. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item instanceof Error ? { ...item, message: item.message } : item,
  );
}

/** A bot that was connected through the real use case, with the fake that plays its Telegram side. */
export async function givenBot(ctx: WorkspaceCtx, telegram: FakeTelegram, assistantId: string) {
  const fake = telegram.addBot();
  return { bot: await connectBot(ctx, { assistantId, token: fake.token }), fake };
}

/** The webhook door behind a real HTTP server, as Telegram meets it. */
export async function startDoor(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { serveWebhook } = await import("@/modules/bots/server/intake/door");
  const server = createServer((request, response) => {
    void serveWebhook(request.url?.split("/").at(-1) ?? "", request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The messages of a bot's dialogs, oldest first, as the team sees them. */
export async function threadOf(ctx: MemberCtx, index = 0) {
  const { items } = await listDialogs(ctx, { channel: "telegram", limit: 50 });
  const dialog = items[index];
  if (!dialog) return null;
  return {
    dialog: await getDialog(ctx, dialog),
    messages: (await listMessages(ctx, { dialogId: dialog.id, limit: 100 })).items,
  };
}
