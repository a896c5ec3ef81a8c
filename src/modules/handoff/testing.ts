import { givenAssistant } from "@/modules/assistants/testing";
import type { CreateAssistantInput } from "@/modules/assistants/contract";
import { newId } from "@/lib/ids";
import { type IncomingMessage, receiveMessage } from "@/modules/dialogs/server/receive";
import type { WorkspaceCtx } from "@/server/context";
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
