import { type Command, clientIdOf, sourceOf } from "@/modules/bots/rules";
import { findWaiting } from "@/modules/bots/server/answers/repository";
import { findDialogOfBot } from "@/modules/bots/server/conversation/repository";
import { endOpenDialog, openDialog } from "@/modules/bots/server/conversation/service";
import { queueOwnMessage } from "@/modules/bots/server/reply";
import type { Sender } from "@/modules/bots/updates/rules";
import { inTransaction } from "@/server/transaction";
import { callPerson } from "./people";
import { settleUpdates } from "./repository";
import { say, type Visit, wordsFor, wordsOfCall } from "./visit";

export async function takeCommand(visit: Visit, sender: Sender, command: Command, argument: string): Promise<void> {
  switch (command) {
    case "start":
      return greet(visit, sender, argument);
    case "help":
      return say(visit, sender, (t) => t("help", { name: visit.voice.name }));
    case "operator":
      return callOperator(visit, sender);
    case "reset":
      return reset(visit, sender);
  }
}

async function callOperator(visit: Visit, sender: Sender): Promise<void> {
  const { ctx, bot, updateId } = visit;
  const dialogId = await openDialog(ctx, bot, sender);
  const dialog = await findDialogOfBot(ctx.db, ctx.workspaceId, bot.id, dialogId);
  if (!dialog) return;
  const called = await callPerson(ctx, dialog, clientIdOf(updateId));
  if (called.kind !== "called" && called.kind !== "closed") await say(visit, sender, (t) => wordsOfCall(t, called));
}

async function greet(visit: Visit, sender: Sender, argument: string): Promise<void> {
  const { ctx, bot, voice, updateId } = visit;
  const greeting = voice.greeting.trim() || wordsFor(visit, sender.languageCode)("greeting", { name: voice.name });
  const starters = voice.starters.slice(0, 3).map((starter) => `- ${starter}`);
  await inTransaction(ctx, async (ctx) => {
    const dialogId = await openDialog(ctx, bot, sender, sourceOf(argument));
    const waiting = await findWaiting(ctx.db, ctx.workspaceId, dialogId, ctx.now());
    await queueOwnMessage(ctx, {
      dialogId,
      botId: bot.id,
      // In the assistant's name it would count as the answer to a question that still waits for one.
      author: waiting && waiting.messages.length > 0 ? "system" : "assistant",
      clientId: `${clientIdOf(updateId)}:greeting`,
      text: [greeting, starters.join("\n")].filter(Boolean).join("\n\n"),
    });
  });
}

/** Ends the dialog and opens a fresh one in the same transaction, so a repeat of the update finds its notice and stops. */
async function reset(visit: Visit, sender: Sender): Promise<void> {
  const { ctx, bot, updateId } = visit;
  await inTransaction(ctx, async (ctx) => {
    await endOpenDialog(ctx, bot, sender);
    const dialogId = await openDialog(ctx, bot, sender);
    await queueOwnMessage(ctx, {
      dialogId,
      botId: bot.id,
      author: "system",
      clientId: `${clientIdOf(updateId)}:notice`,
      text: wordsFor(visit, sender.languageCode)("reset"),
    });
    await settleUpdates(ctx.db, [{ botId: bot.id, updateId, state: "processed", error: null }]);
  });
}
