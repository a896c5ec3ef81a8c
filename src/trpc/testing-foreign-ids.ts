import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { ledgerTransactions } from "@/db/schema/balance";
import { bots } from "@/db/schema/bots";
import { dialogs, messages } from "@/db/schema/dialogs";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenSession } from "@/modules/auth/testing";
import { createSavedReply } from "@/modules/handoff/server/replies/service";
import { createView } from "@/modules/handoff/server/inbox/views";
import { createQa } from "@/modules/knowledge/server/service/qa";
import { givenDocument } from "@/modules/knowledge/testing";
import { invite } from "@/modules/workspaces/server/invitations/service";
import { givenUser, givenWorkspace } from "@/modules/workspaces/testing";

/** One of each thing, all of a workspace and a person that the caller has nothing to do with. */
export async function givenForeignWorld() {
  const db = testDb();
  const { ctx, user, workspace } = await givenWorkspace(db);
  const workspaceId = workspace.id;
  const { id: assistantId } = await givenAssistant(ctx);
  const email = `guest-${newId()}@example.com`;
  const [dialogId, messageId, botId] = [newId(), newId(), newId()];
  await db.insert(dialogs).values({ id: dialogId, workspaceId, assistantId, channel: "preview", visitorKey: newId() });
  await db
    .insert(messages)
    .values({ id: messageId, workspaceId, dialogId, seq: 1, author: "assistant", clientId: newId(), text: "Secret" });
  await db.insert(bots).values({
    id: botId,
    workspaceId,
    assistantId,
    telegramId: Date.now() * 1000 + Math.floor(Math.random() * 1000),
    username: `bot_${newId()}`,
    name: "Foreign",
    tokenSealed: "sealed",
    tokenLast4: "last",
    webhookPath: newId(),
    webhookSecretSealed: "sealed",
  });
  return {
    workspaceId,
    userId: user.id,
    sessionId: (await givenSession(db, await givenUser(db))).sessionId,
    invitationId: (await invite(ctx, { email, role: "operator" })).id,
    assistantId,
    documentId: await givenDocument(ctx, { assistantId, name: "Prices.txt", text: "Delivery costs 300." }),
    qaId: (await createQa(ctx, { assistantId, question: "Secret?", answer: "Yes." })).id,
    dialogId,
    messageId,
    botId,
    savedReplyId: (await createSavedReply(ctx, { shortcut: "secret", title: "Secret", text: "Secret" })).id,
    inboxViewId: (await createView(ctx, { name: "Secret", filter: {} })).id,
    ledgerId: await anyLedgerId(db, workspaceId),
    unknownId: newId(),
  };
}

async function anyLedgerId(db: Db, workspaceId: string): Promise<string> {
  const [row] = await db
    .select({ id: ledgerTransactions.id })
    .from(ledgerTransactions)
    .where(eq(ledgerTransactions.workspaceId, workspaceId));
  if (!row) throw new Error("The workspace has no opening balance.");
  return row.id;
}

type World = Awaited<ReturnType<typeof givenForeignWorld>>;

/** Valid inputs that name things of that world; a procedure that takes an id and has no row fails its test. */
export const FOREIGN_INPUTS: Record<string, (world: World) => unknown> = {
  "admin.aiKeys.remove": ({ unknownId }) => ({ id: unknownId }),
  "admin.aiKeys.resetCooling": ({ unknownId }) => ({ id: unknownId }),
  "admin.aiKeys.setActive": ({ unknownId }) => ({ id: unknownId, isActive: false }),
  "admin.aiKeys.test": ({ unknownId }) => ({ id: unknownId }),
  "admin.aiKeys.update": ({ unknownId }) => ({ id: unknownId, name: "Mine now" }),
  "admin.balance.adjust": ({ unknownId }) => ({
    workspaceId: unknownId,
    amountMicros: 1_000_000,
    reason: "A gift",
    idempotencyKey: unknownId,
  }),
  "admin.balance.entries": ({ unknownId }) => ({ workspaceId: unknownId }),
  "admin.balance.get": ({ unknownId }) => ({ workspaceId: unknownId }),
  "admin.handoff.reset": ({ unknownId }) => ({ dialogId: unknownId, reason: "Stuck" }),
  "admin.mail.get": ({ unknownId }) => ({ id: unknownId }),
  "admin.mail.resend": ({ unknownId }) => ({ id: unknownId }),

  "assistants.get": ({ assistantId }) => ({ id: assistantId }),
  "assistants.remove": ({ assistantId }) => ({ id: assistantId }),
  "assistants.update": ({ assistantId }) => ({ id: assistantId, name: "Mine now" }),

  "auth.revokeSession": ({ sessionId }) => ({ id: sessionId }),

  "balance.receipt": ({ ledgerId }) => ({ id: ledgerId }),

  "bots.connect": ({ assistantId }) => ({ assistantId, token: "7123456789:AAFabcdefghijklmnopqrstuvwxyz0123456" }),
  "bots.disconnect": ({ botId }) => ({ id: botId }),
  "bots.doctor": ({ botId }) => ({ id: botId }),
  "bots.get": ({ botId }) => ({ id: botId }),
  "bots.pause": ({ botId }) => ({ id: botId }),
  "bots.repair": ({ botId }) => ({ id: botId }),
  "bots.resume": ({ botId }) => ({ id: botId }),

  "chat.explain": ({ messageId }) => ({ messageId }),
  "chat.translate": ({ dialogId }) => ({ dialogId, text: "Secret", reader: "member" }),

  "dialogs.close": ({ dialogId }) => ({ dialogId }),
  "chat.live": ({ dialogId }) => ({ dialogId }),
  "dialogs.context": ({ dialogId }) => ({ dialogId }),
  "dialogs.nameVisitor": ({ dialogId }) => ({ dialogId, name: "Mine" }),
  "handoff.readMentions": ({ dialogId }) => ({ dialogId }),
  "dialogs.deleteMessage": ({ messageId }) => ({ messageId }),
  "dialogs.editMessage": ({ messageId }) => ({ messageId, text: "Mine" }),
  "dialogs.delivery": ({ messageId }) => ({ messageId }),
  "dialogs.get": ({ dialogId }) => ({ id: dialogId }),
  "dialogs.markRead": ({ dialogId }) => ({ dialogId }),
  "dialogs.markUnread": ({ dialogId }) => ({ dialogId }),
  "dialogs.messages": ({ dialogId }) => ({ dialogId }),

  "dialogs.note": ({ dialogId, unknownId }) => ({ dialogId, id: unknownId, text: "Mine" }),
  "dialogs.notes": ({ dialogId }) => ({ dialogId }),
  "dialogs.rateAnswer": ({ messageId }) => ({ messageId, thumb: "down" }),
  "dialogs.reopen": ({ dialogId }) => ({ dialogId }),
  "dialogs.removeVisitor": ({ dialogId }) => ({ dialogId }),
  "dialogs.replies": ({ dialogId, unknownId }) => ({
    dialogId,
    replies: [{ id: unknownId, text: "Hello from elsewhere" }],
  }),
  "dialogs.reply": ({ dialogId, unknownId }) => ({ dialogId, id: unknownId, text: "Hello from elsewhere" }),
  "dialogs.retryDelivery": ({ messageId }) => ({ messageId }),
  "dialogs.tag": ({ dialogId }) => ({ dialogId, text: "mine" }),
  "dialogs.visitorData": ({ dialogId }) => ({ dialogId }),

  "handoff.cancel": ({ dialogId }) => ({ dialogId }),
  "handoff.check": ({ assistantId }) => ({ assistantId, text: "Call a person" }),
  "handoff.episodes": ({ dialogId }) => ({ dialogId }),
  "handoff.release": ({ dialogId }) => ({ dialogId }),
  "handoff.report": ({ dialogId }) => ({ dialogId, act: "typing" }),
  "handoff.request": ({ dialogId }) => ({ dialogId }),
  "handoff.reset": ({ dialogId }) => ({ dialogId, reason: "Stuck" }),
  "handoff.snooze": ({ dialogId }) => ({ dialogId, until: null }),
  "handoff.state": ({ dialogId }) => ({ dialogId }),
  "handoff.summary": ({ dialogId }) => ({ dialogId }),
  "handoff.take": ({ dialogId }) => ({ dialogId }),
  "handoff.transfer": ({ dialogId, userId }) => ({ dialogId, userId }),

  "inbox.assign": ({ dialogId, userId }) => ({ dialogId, userId }),
  "inbox.views.remove": ({ inboxViewId }) => ({ id: inboxViewId }),
  "inbox.views.rename": ({ inboxViewId }) => ({ id: inboxViewId, name: "Mine now" }),

  "knowledge.addText": ({ assistantId }) => ({
    assistantId,
    title: "Mine",
    text: "A text of enough length to be stored.",
  }),
  "knowledge.document": ({ documentId }) => ({ id: documentId }),
  "knowledge.documentText": ({ documentId }) => ({ id: documentId }),
  "knowledge.documents": ({ assistantId }) => ({ assistantId }),
  "knowledge.passages": ({ documentId }) => ({ id: documentId }),
  "knowledge.qa.create": ({ assistantId }) => ({ assistantId, question: "Why?", answer: "Because." }),
  "knowledge.qa.list": ({ assistantId }) => ({ assistantId }),
  "knowledge.qa.remove": ({ qaId }) => ({ id: qaId }),
  "knowledge.qa.update": ({ qaId }) => ({ id: qaId, question: "Why?", answer: "Because." }),
  "knowledge.removeDocument": ({ documentId }) => ({ id: documentId }),
  "knowledge.retryDocument": ({ documentId }) => ({ id: documentId }),
  "knowledge.search": ({ assistantId }) => ({ assistantId, query: "delivery" }),

  "replies.draft": ({ dialogId }) => ({ dialogId }),
  "replies.dropFile": ({ unknownId }) => ({ id: unknownId }),
  "replies.remove": ({ savedReplyId }) => ({ id: savedReplyId }),
  "replies.saveDraft": ({ dialogId }) => ({ dialogId, kind: "reply", text: "Mine", revision: Date.now() }),
  "replies.update": ({ savedReplyId }) => ({ id: savedReplyId, shortcut: "mine", title: "Mine", text: "Mine" }),

  "realtime.authorizeChannel": ({ workspaceId }) => ({
    socketId: "1.1",
    channel: `private-workspace-${workspaceId}`,
  }),
  // Names nothing of a workspace; without Pusher there is no such door.
  "realtime.signInSocket": () => ({ socketId: "1.1" }),

  "workspaces.removeMember": ({ userId }) => ({ userId }),
  "workspaces.resendInvite": ({ invitationId }) => ({ id: invitationId }),
  "workspaces.revokeInvite": ({ invitationId }) => ({ id: invitationId }),
  "workspaces.setRole": ({ userId }) => ({ userId, role: "operator" }),
  "workspaces.transferOwnership": ({ userId }) => ({ userId }),
};
