import type { z } from "zod";
import type { WorkspaceId } from "@/lib/brand";
import { excerpt } from "@/lib/text";
import type { answerDisliked, dialogDisliked } from "@/modules/dialogs/events";
import type { JobCtx } from "@/server/jobs/define";
import { findAnswerText } from "./talk-repository";
import { handOffIfDisliked } from "./triggers";

const EXCERPT_CHARS = 200;

/** A thumb down under an answer calls a person, where the assistant is set to. */
export async function callForAnswer(job: JobCtx, payload: z.infer<typeof answerDisliked.payload>): Promise<void> {
  const ctx = inside(job, payload.workspaceId);
  const { dialogId, messageId } = payload;
  const answer = await findAnswerText(ctx.db, ctx.workspaceId, { dialogId, messageId });
  if (answer === undefined) return;
  const text = excerpt(answer, EXCERPT_CHARS);
  await handOffIfDisliked(ctx, { dialogId, key: messageId, noteOf: (t) => t("thumbNote", { text }) });
}

/** So do one or two stars of five. */
export async function callForDialog(job: JobCtx, payload: z.infer<typeof dialogDisliked.payload>): Promise<void> {
  const { dialogId, stars } = payload;
  const ctx = inside(job, payload.workspaceId);
  await handOffIfDisliked(ctx, { dialogId, key: dialogId, noteOf: (t) => t("ratingNote", { stars }) });
}

// The payload was written by a rating inside its own tenant.
const inside = (job: JobCtx, workspaceId: string) => ({ ...job, workspaceId: workspaceId as WorkspaceId });
