import { type Answer, callBot, type ChatTarget, type SealedBot } from "@/modules/bots/server/gateway";

type Sent = ChatTarget & { messageId: number };
type Words = { html: string; plain: string; isCaption: boolean };

/** Puts other words in the place of a sent message or under its file. Words that stand there already are a success. */
export async function rewordMessage(bot: SealedBot, at: Sent, words: Words): Promise<Answer<unknown>> {
  const reword = (text: string, isHtml: boolean) => {
    const options = {
      ...(at.businessConnectionId ? { business_connection_id: at.businessConnectionId } : {}),
      ...(isHtml ? { parse_mode: "HTML" as const } : {}),
    };
    return callBot<unknown>(bot, (api, signal) =>
      words.isCaption
        ? api.editMessageCaption(at.chatId, at.messageId, { ...options, caption: text }, signal)
        : api.editMessageText(
            at.chatId,
            at.messageId,
            text,
            { ...options, link_preview_options: { is_disabled: true } },
            signal,
          ),
    );
  };
  const reworded = await reword(words.html, true);
  if (reworded.ok || reworded.fault.reason !== "bad-markup") return unlessSame(reworded);
  return unlessSame(await reword(words.plain, false));
}

/** Deletes a sent message for everybody. One that is gone already is a success. */
export async function retractMessage(bot: SealedBot, at: Sent): Promise<Answer<unknown>> {
  const { businessConnectionId } = at;
  const retracted = await callBot<unknown>(bot, (api, signal) =>
    businessConnectionId
      ? api.deleteBusinessMessages(businessConnectionId, [at.messageId], signal)
      : api.deleteMessage(at.chatId, at.messageId, signal),
  );
  return isRefusedWith(retracted, /message to delete not found/i) ? done : retracted;
}

const done: Answer<unknown> = { ok: true, value: true };
const unlessSame = (answer: Answer<unknown>) => (isRefusedWith(answer, /message is not modified/i) ? done : answer);

function isRefusedWith(answer: Answer<unknown>, description: RegExp): boolean {
  return !answer.ok && answer.fault.reason === "refused" && description.test(answer.fault.description);
}
