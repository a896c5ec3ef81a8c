import { AppError, notFound } from "@/lib/errors";
import type { Locale } from "@/lib/locales";
import { requireAssistant } from "@/modules/assistants/server/service";
import type { Assistant } from "@/modules/assistants/contract";
import { findLive, type LiveTurn } from "@/modules/chat/server/live";
import { streamTurn } from "@/modules/chat/server/stream";
import type { MessageItem } from "@/modules/dialogs/contract";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { listMessages } from "@/modules/dialogs/server/service";
import type { Ctx, Visitor, WorkspaceCtx } from "@/server/context";
import { env } from "@/server/env";
import { DEMO_TEXT_CHARS, type DemoMessage, type DemoQuestionInput, type DemoShow } from "../contract";
import { untilDocumentsAreRead } from "./reading";
import { findDemo, findGuestDialog } from "./repository";

const HISTORY_MESSAGES = 30;

type DemoPlace<C extends WorkspaceCtx = WorkspaceCtx> = { ctx: C; assistantId: string };

/** What the landing page shows: the assistant, and this guest's own dialog. Null where there is no demo. */
export async function showDemo(ctx: Ctx, guest: string | null): Promise<DemoShow | null> {
  const place = await findPlace(ctx, ctx.locale);
  const assistant = place && (await findActive(place));
  if (!place || !assistant) return null;
  const { name, greeting, starters } = assistant;
  const maxChars = DEMO_TEXT_CHARS;
  return { name, greeting, starters, maxChars, history: guest ? await readHistory(asGuest(place, guest)) : [] };
}

/**
 * Stores a guest's question in the guest's own dialog and starts or joins its answer: the same turn as everywhere.
 * Refuses: NOT_FOUND where there is no demo.
 */
export async function askDemo(ctx: Ctx, guest: string, question: DemoQuestionInput): Promise<LiveTurn> {
  const place = await findPlace(ctx, question.locale);
  if (!place) throw notFound("Demo");
  const visitor = asGuest(place, guest);
  const { dialogId, messageId, isNew } = await receiveMessage(visitor.ctx, {
    assistantId: place.assistantId,
    channel: "widget",
    visitorKey: visitor.ctx.actor.visitorKey,
    visitorLocale: question.locale,
    clientId: question.id,
    text: question.text,
    source: "landing",
  });
  ctx.note({ workspaceId: visitor.ctx.workspaceId, dialogId, isRepeat: !isNew });
  await untilDocumentsAreRead(visitor.ctx, place.assistantId);
  return streamTurn(visitor.ctx, { dialogId, messageId }, { isRepeat: !isNew });
}

/** Stops the answer that is being written for this guest; the words that are there stay. Stopping nothing is fine. */
export async function stopDemo(ctx: Ctx, guest: string, locale: Locale): Promise<{ ok: true }> {
  const place = await findPlace(ctx, locale);
  const dialogId = place && (await findOwnDialog(asGuest(place, guest)));
  if (dialogId) findLive(dialogId)?.abort("stopped");
  return { ok: true };
}

async function findPlace(ctx: Ctx, locale: Locale): Promise<DemoPlace | null> {
  if (env().DEMO === "off") return null;
  const demo = await findDemo(ctx.db);
  return demo && { ctx: { ...ctx, locale, workspaceId: demo.workspaceId }, assistantId: demo.assistantIds[locale] };
}

function asGuest({ ctx, assistantId }: DemoPlace, guest: string): DemoPlace<WorkspaceCtx<Visitor>> {
  return { ctx: { ...ctx, actor: { kind: "visitor", visitorKey: `demo:${guest}` } }, assistantId };
}

// Its owner may have switched the demo assistant off or removed it; the page then does without a chat.
async function findActive({ ctx, assistantId }: DemoPlace): Promise<Assistant | null> {
  try {
    const assistant = await requireAssistant(ctx, assistantId);
    return assistant.isActive ? assistant : null;
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

function findOwnDialog({ ctx, assistantId }: DemoPlace<WorkspaceCtx<Visitor>>): Promise<string | null> {
  return findGuestDialog(ctx.db, ctx.workspaceId, { assistantId, visitorKey: ctx.actor.visitorKey });
}

async function readHistory(place: DemoPlace<WorkspaceCtx<Visitor>>): Promise<DemoMessage[]> {
  const dialogId = await findOwnDialog(place);
  if (!dialogId) return [];
  const { items } = await listMessages(place.ctx, { dialogId, limit: HISTORY_MESSAGES });
  return items.flatMap(toDemoMessage);
}

function toDemoMessage({ id, clientId, author, text, citations }: MessageItem): DemoMessage[] {
  if (author === "visitor") return [{ id: clientId, author, text, citations: [] }];
  if (author !== "assistant") return [];
  return [{ id, author, text, citations: citations.map(({ n, title, quote }) => ({ n, title, quote })) }];
}
