import { givenAssistant } from "@/modules/assistants/testing";
import type { CreateAssistantInput } from "@/modules/assistants/contract";
import { newId } from "@/lib/ids";
import { type IncomingMessage, receiveMessage } from "@/modules/dialogs/server/receive";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import type { SaveHoursInput, SaveLadderInput } from "./hours/contract";
import { defaultLadder } from "./rules";
import { saveHours, saveLadder, settingsOf } from "./server/hours/service";
import { requestHandoff } from "./server/service";

/** A dialog with one visitor's message in it, through the real use case. */
export async function givenDialog(
  ctx: WorkspaceCtx,
  message: Partial<IncomingMessage> = {},
  assistant: Partial<CreateAssistantInput> = {},
) {
  const assistantId = message.assistantId ?? (await givenAssistant(ctx, assistant)).id;
  const visitorKey = message.visitorKey ?? newId();
  const { dialogId, messageId } = await receiveMessage(ctx, {
    channel: "api",
    clientId: newId(),
    text: "Where is my order?",
    ...message,
    assistantId,
    visitorKey,
  });
  return { assistantId, visitorKey, dialogId, messageId };
}

/** The same, waiting for a person. */
export async function givenWaiting(ctx: WorkspaceCtx, message: Partial<IncomingMessage> = {}) {
  const dialog = await givenDialog(ctx, message);
  await requestHandoff(ctx, { dialogId: dialog.dialogId });
  return dialog;
}

/** The smallest picture there is: one transparent pixel. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const WORKDAY = [{ from: 9 * 60, to: 18 * 60 }];

/** People are there from Monday to Friday, nine to six in London's winter, through the real use case. */
export async function givenHours(ctx: MemberCtx, more: Partial<SaveHoursInput> = {}): Promise<void> {
  const { version } = await settingsOf(ctx);
  const week = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, [], []];
  await saveHours(ctx, { version, isAlwaysOpen: false, timeZone: "UTC", week, specialDays: [], ...more });
}

/** Nobody is ever there. */
export async function givenNobody(ctx: MemberCtx): Promise<void> {
  await givenHours(ctx, { week: [[], [], [], [], [], [], []] });
}

export async function givenLadder(ctx: MemberCtx, more: Partial<SaveLadderInput> = {}): Promise<void> {
  const { version } = await settingsOf(ctx);
  await saveLadder(ctx, { ...defaultLadder, version, ...more });
}
