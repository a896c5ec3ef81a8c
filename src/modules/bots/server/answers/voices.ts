import { storable } from "@/lib/text";
import { transcribe } from "@/modules/ai/server/transcription";
import { downloadFile } from "@/modules/bots/server/intake/gateway";
import type { BotRow } from "@/modules/bots/server/repository";
import { dialogLimits } from "@/modules/dialogs/limits";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { type WaitingMessage, writeTranscript } from "./repository";

const HEARD = new Set(["voice", "audio", "video_note"]);
// Some twenty minutes of speech; longer recordings are for people.
const MAX_BYTES = 10 * 1024 * 1024;

/** Turns spoken messages into words where a provider can. What cannot be heard stays without words. */
export async function hearVoices(
  ctx: WorkspaceCtx,
  job: JobCtx,
  { bot, dialogId }: { bot: BotRow; dialogId: string },
  messages: readonly WaitingMessage[],
): Promise<WaitingMessage[]> {
  const heard: WaitingMessage[] = [];
  for (const message of messages)
    heard.push({ ...message, text: message.text || (await hear(ctx, job, { bot, dialogId, message })) });
  return heard;
}

async function hear(
  ctx: WorkspaceCtx,
  job: JobCtx,
  { bot, dialogId, message }: { bot: BotRow; dialogId: string; message: WaitingMessage },
): Promise<string> {
  const { attachment } = message;
  if (!attachment?.fileId || !HEARD.has(attachment.kind) || message.isRemoved) return "";
  if ((attachment.sizeBytes ?? 0) > MAX_BYTES) return "";
  const outcome = await transcribe({
    signal: job.signal,
    subject: { workspaceId: ctx.workspaceId, dialogId },
    name: attachment.name ?? `${attachment.kind}.${attachment.kind === "voice" ? "ogg" : "mp4"}`,
    mimeType: attachment.mimeType ?? "audio/ogg",
    // The bytes are asked for only when somebody can make words of them.
    read: () => downloadFile(bot, attachment.fileId ?? "", { maxBytes: MAX_BYTES, signal: job.signal }),
  });
  job.note({ transcription: outcome.ok ? "done" : outcome.reason });
  if (!outcome.ok) return "";
  const text = storable(outcome.text).trim().slice(0, dialogLimits.messageChars);
  if (text === "") return "";
  await inTransaction(ctx, async (ctx) => {
    await writeTranscript(ctx.db, ctx.workspaceId, message.id, text);
    await publish(ctx, { type: "message.updated", ids: { dialogId, messageId: message.id } });
  });
  return text;
}
