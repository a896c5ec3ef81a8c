import { streamText } from "@/lib/csv";
import { dayOf } from "@/lib/zone";
import { audit } from "@/modules/audit/server/service";
import type { DialogDetail } from "@/modules/dialogs/contract";
import type { ExportDialogInput } from "@/modules/dialogs/exports/contract";
import { getTimeZone } from "@/modules/workspaces/server/service";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { getDialog } from "../service";
import { type ExportedMessage, listAfter, listAllNotes } from "./repository";
import { exportWords, nameIn, timeIn } from "./words";

const PAGE = 500;

/** One dialog with its notes, as text to read or as JSON; the audit log knows who took it. Refuses: NOT_FOUND. */
export async function exportDialog(
  ctx: MemberCtx,
  { id, format }: ExportDialogInput,
): Promise<{ fileName: string; stream: ReadableStream<Uint8Array> }> {
  const dialog = await getDialog(ctx, { id });
  const timeZone = await getTimeZone(ctx);
  await audit(ctx, { operation: "dialogs.exported", targetKind: "dialog", targetId: id, detail: { format } });
  const name = `${exportWords(ctx.locale).t("dialogFile")}-${dayOf(dialog.createdAt, timeZone)}-${id.slice(-4)}`;
  if (format === "json") return { fileName: `${name}.json`, stream: streamText(writeJson(ctx, dialog)) };
  return { fileName: `${name}.txt`, stream: streamText(writeText(ctx, dialog, timeZone)) };
}

/** A dialog as JSON, with its messages one per line, so that a long one is never held whole. */
export async function* writeJson(ctx: WorkspaceCtx, dialog: DialogDetail): AsyncGenerator<string> {
  const notes = await listAllNotes(ctx.db, ctx.workspaceId, dialog.id);
  const { lastMessage: _last, unreadCount: _unread, ...facts } = dialog;
  yield `{"dialog":${JSON.stringify(facts)},\n"notes":${JSON.stringify(notes)},\n"messages":[`;
  let separator = "\n";
  for await (const page of eachMessage(ctx, dialog.id)) {
    yield page.map((message) => `${separator}${JSON.stringify(message)}`).join("");
    separator = ",\n";
  }
  yield "\n]}\n";
}

async function* writeText(ctx: WorkspaceCtx, dialog: DialogDetail, timeZone: string): AsyncGenerator<string> {
  const words = exportWords(ctx.locale);
  const visitor = nameIn(words, dialog);
  const place = [words.dialogs(`channel.${dialog.channel}`), dialog.assistantName].join(" · ");
  yield `\uFEFF${visitor}\r\n${place}\r\n${timeIn(dialog.createdAt, timeZone)} (${timeZone})\r\n\r\n`;
  const block = (at: Date, who: string, text: string) =>
    `[${timeIn(at, timeZone)}] ${who}:\r\n${text.replace(/\r?\n/g, "\r\n")}\r\n\r\n`;
  for await (const page of eachMessage(ctx, dialog.id)) {
    yield page.map((message) => block(message.at, speaker(message, visitor, words), saidIn(message, words))).join("");
  }
  for (const note of await listAllNotes(ctx.db, ctx.workspaceId, dialog.id))
    yield block(note.at, [words.t("note"), note.authorName].filter(Boolean).join(", "), note.text);
}

type Words = ReturnType<typeof exportWords>;

function speaker({ author, authorName }: ExportedMessage, visitor: string, { dialogs }: Words): string {
  if (author === "visitor") return visitor;
  return authorName ? `${authorName}, ${dialogs("author.operator").toLowerCase()}` : dialogs(`author.${author}`);
}

function saidIn({ text, attachment, sources, removedAt }: ExportedMessage, { t, dialogs }: Words): string {
  const lines = [
    removedAt ? `(${t("removed")})` : text,
    attachment && t("attachment", { kind: attachment.name ?? kindOf(attachment.kind, dialogs) }),
    sources.length > 0 && `${dialogs("detail.sources")}: ${sources.join("; ")}`,
  ];
  return lines.filter(Boolean).join("\n");
}

function kindOf(kind: string, dialogs: Words["dialogs"]): string {
  const key = `attachment.${kind}`;
  // Kinds are ours; one that a later version adds is called by its name.
  return dialogs.has(key as "attachment.photo") ? dialogs(key as "attachment.photo") : kind;
}

async function* eachMessage(ctx: WorkspaceCtx, dialogId: string): AsyncGenerator<ExportedMessage[]> {
  let afterSeq = 0;
  for (;;) {
    const page = await listAfter(ctx.db, ctx.workspaceId, dialogId, { afterSeq, limit: PAGE });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    afterSeq = last.seq;
  }
}
