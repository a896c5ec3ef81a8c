import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { generations } from "@/db/schema/generations";
import { newId } from "@/lib/ids";
import { type IncomingMessage, receiveMessage } from "@/modules/dialogs/server/receive";
import { givenAssistant } from "@/modules/assistants/testing";
import type { CreateAssistantInput } from "@/modules/assistants/contract";
import type { WorkspaceCtx } from "@/server/context";
import type { TurnRef } from "./server/turn-options";

/** A visitor's stored message in a dialog of its own, through the real use case. */
export async function givenQuestion(
  ctx: WorkspaceCtx,
  assistantId: string,
  overrides: Partial<IncomingMessage> = {},
): Promise<TurnRef> {
  const { dialogId, messageId } = await receiveMessage(ctx, {
    assistantId,
    channel: "api",
    visitorKey: newId(),
    clientId: newId(),
    text: "How much is delivery?",
    ...overrides,
  });
  return { dialogId, messageId };
}

/** An assistant and a first question to it. */
export async function givenTurn(
  ctx: WorkspaceCtx,
  assistant: Partial<CreateAssistantInput> = {},
  message: Partial<IncomingMessage> = {},
) {
  const { id: assistantId } = await givenAssistant(ctx, assistant);
  const visitorKey = message.visitorKey ?? newId();
  const ref = await givenQuestion(ctx, assistantId, { visitorKey, ...message });
  return { assistantId, visitorKey, ref };
}

/** How the attempts at answers in a dialog ended, in order. */
export async function generationsOf(db: Db, dialogId: string) {
  return db
    .select({ state: generations.state, error: generations.error })
    .from(generations)
    .where(eq(generations.dialogId, dialogId))
    .orderBy(generations.startedAt);
}
