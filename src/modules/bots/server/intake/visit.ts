import { openDialog } from "@/modules/bots/server/conversation/service";
import { clientIdOf } from "@/modules/bots/rules";
import { queueOwnMessage } from "@/modules/bots/server/reply";
import type { BotRow, findVisit } from "@/modules/bots/server/repository";
import { visitorLocale, visitorText } from "@/modules/bots/server/visitor-text";
import type { Sender } from "@/modules/bots/updates/rules";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import type { Called } from "./people";
import { inTransaction } from "@/server/transaction";

type Voice = NonNullable<NonNullable<Awaited<ReturnType<typeof findVisit>>>["voice"]>;

/** One update on its way through the product. Runs again after a crash and finds what is there already. */
export type Visit = { ctx: WorkspaceCtx; job: JobCtx; bot: BotRow; voice: Voice; updateId: number };

/** The bot's own sentences, in the language of this visitor. */
export function wordsFor({ voice }: Pick<Visit, "voice">, languageCode: string | null) {
  return visitorText(visitorLocale(voice.language, languageCode));
}

/** How the visitor hears what became of the wish for a person. */
export function wordsOfCall(t: ReturnType<typeof visitorText>, called: Called): string {
  switch (called.kind) {
    case "called":
      return t("operator.called");
    case "closed":
      return t("operator.closed");
    case "not-offered":
      return t("operator.notOffered");
    case "here":
      return t("operator.here");
    case "too-often":
      return t("operator.tooOften");
    case "waiting":
      return t("operator.waiting", { position: called.position, minutes: called.minutes });
  }
}

/** One sentence of the bot itself; a fixed client id makes it come once per dialog. */
export async function say(
  visit: Visit,
  sender: Sender,
  sentence: (t: ReturnType<typeof visitorText>) => string,
  clientId = `${clientIdOf(visit.updateId)}:notice`,
): Promise<void> {
  const text = sentence(wordsFor(visit, sender.languageCode));
  await inTransaction(visit.ctx, async (ctx) => {
    const dialogId = await openDialog(ctx, visit.bot, sender);
    await queueOwnMessage(ctx, { dialogId, botId: visit.bot.id, author: "system", clientId, text });
  });
}
