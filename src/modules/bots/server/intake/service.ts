import { db } from "@/db/client";
import { Gatherer } from "@/lib/gather";
import { followMigration, setChatReachable } from "@/modules/bots/server/conversation/service";
import { type BotRow, findVisit } from "@/modules/bots/server/repository";
import { touchBot } from "@/modules/bots/server/status-repository";
import { reportOnline } from "@/modules/bots/server/status";
import { telegramUpdate } from "@/modules/bots/updates/contract";
import { type Incoming, malformedAt, readUpdate } from "@/modules/bots/updates/rules";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { takeBusinessMessage, takeConnection, takeRemoval } from "./business";
import { takeCommand } from "./commands";
import { answerInline } from "./gateway";
import { takeAlbumPart, takeEdit, takeMessage } from "./messages";
import { takePress, takeStop } from "./presses";
import { type SettledUpdate, settleUpdates } from "./repository";
import { say, type Visit } from "./visit";

/** A busy bot does not rewrite its row with every update. */
const TOUCH_EVERY_MS = 5_000;

// Nobody waits for the end of an update, so the ends of a moment share a statement.
const settled = new Gatherer<SettledUpdate>((updates) => settleUpdates(db(), updates), { waitMs: 5 });

/** Processes a recorded update once: a second run, or one for a silenced bot, changes nothing. */
export async function processUpdate(
  job: JobCtx,
  { botId, updateId }: { botId: string; updateId: number },
): Promise<void> {
  const found = await findVisit(job.db, botId, updateId);
  if (!found?.voice || !found.bot.isActive || found.update.state !== "recorded") return;
  const { bot, update, voice } = found;
  const ctx: WorkspaceCtx = { ...job, workspaceId: bot.workspaceId };
  const parsed = telegramUpdate.safeParse(update.payload);
  if (!parsed.success) {
    job.note({ updateKind: "malformed", workspaceId: bot.workspaceId });
    await settled.add({ botId, updateId, state: "failed", error: malformedAt(parsed.error.issues) });
    return;
  }
  const incoming = readUpdate(parsed.data, bot);
  job.note({ updateKind: incoming.kind, workspaceId: bot.workspaceId });
  try {
    await noteArrival(ctx, bot);
    const ignored = await take({ ctx, job, bot, voice, updateId }, incoming);
    if (ignored) job.note({ ignored });
    await settled.add({ botId, updateId, state: ignored ? "ignored" : "processed", error: ignored });
  } catch (error) {
    if (job.isLastAttempt) await settled.add({ botId, updateId, state: "failed", error: "attempts-used-up" });
    throw error;
  }
}

/** Does what the update asks for. Returns why nothing was done, or null. */
async function take(visit: Visit, incoming: Incoming): Promise<string | null> {
  switch (incoming.kind) {
    case "business-message":
      return takeBusinessMessage(visit, incoming);
    case "business-removal":
      return takeRemoval(visit, incoming);
    case "album-part":
      return takeAlbumPart(visit, incoming);
    case "ignored":
      return incoming.reason;
    case "owner-message":
      return "no-connection";
    default:
      await takeKnown(visit, incoming);
      return null;
  }
}

type Known = Exclude<
  Incoming,
  { kind: "business-message" | "business-removal" | "album-part" | "ignored" | "owner-message" }
>;

async function takeKnown(visit: Visit, incoming: Known): Promise<unknown> {
  const { ctx, bot } = visit;
  switch (incoming.kind) {
    case "message":
      return takeMessage(visit, incoming.sender, incoming.content);
    case "edit":
      return takeEdit(visit, incoming.sender, incoming.content);
    case "command":
      return takeCommand(visit, incoming.sender, incoming.command, incoming.argument);
    case "unknown-command":
      return say(visit, incoming.sender, (t) => t("unknownCommand"));
    case "unreadable":
      return say(visit, incoming.sender, (t) => t("textOnly"), "tg:notice:text-only");
    case "press":
      return takePress(visit, incoming);
    case "stop":
      return takeStop(visit, incoming);
    case "inline-query":
      return answerInline(bot, incoming.queryId);
    case "reachability":
      return setChatReachable(ctx, bot, incoming.chatId, incoming.isReachable);
    case "migration":
      return followMigration(ctx, { ...incoming, botTelegramId: bot.telegramId });
    case "business-connection":
      return takeConnection(visit, incoming.connection);
  }
}

async function noteArrival(ctx: WorkspaceCtx, bot: BotRow): Promise<void> {
  const sinceMs = ctx.now().getTime() - (bot.lastUpdateAt?.getTime() ?? 0);
  if (sinceMs > TOUCH_EVERY_MS && (await touchBot(ctx.db, ctx.workspaceId, bot.id, ctx.now())))
    await publish(ctx, { type: "bot.changed", ids: { botId: bot.id } });
  if (bot.status !== "online") await reportOnline(ctx, bot.id);
}
