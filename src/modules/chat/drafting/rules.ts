import type { Locale } from "@/lib/locales";
import type { ModelMessage } from "@/modules/ai/contract";
import { modelMessages, openQuestion, type SpokenMessage } from "@/modules/chat/rules";
import type { DraftInput } from "./contract";

/** What a draft answers: what is open, else the last thing that the visitor said. Empty when there were no words. */
export function questionOf(messages: readonly SpokenMessage[]): string {
  const last = messages.findLast(({ author, text }) => author === "visitor" && text !== "");
  return openQuestion(messages) || (last?.text ?? "");
}

const WORDS: Record<Locale, { role: string; again: string; shorter: string; goOn: string }> = {
  en: {
    role: "You are writing a draft for a person of the team, who answers this visitor now, will check the draft and send it in their own name. Keep the assistant's voice. Write the message itself and nothing around it: no greeting of the colleague, no remark about a draft. Do not offer to call a person. Where a fact is missing, put a short name of it in braces, for example {delivery date}, and never invent it.",
    again: "This draft was not what was needed. Write it differently:",
    shorter: "Make this draft about half as long and keep every fact that matters:",
    goOn: "(Write the team's next message.)",
  },
  ru: {
    role: "Вы пишете черновик для сотрудника, который сейчас сам отвечает этому посетителю, проверит черновик и отправит его от своего имени. Сохраняйте голос ассистента. Напишите только само сообщение: без обращений к коллеге и без слов о черновике. Не предлагайте позвать сотрудника. Если факта не хватает, поставьте его короткое название в фигурных скобках, например {дата доставки}, и ничего не придумывайте.",
    again: "Этот черновик не подошёл. Напишите по-другому:",
    shorter: "Сделайте этот черновик примерно вдвое короче, сохранив все важные факты:",
    goOn: "(Напишите следующее сообщение команды.)",
  },
};

/** What makes an answer's prompt the prompt of a draft. */
export function draftInstructions(locale: Locale, { wish, earlier }: Pick<DraftInput, "wish" | "earlier">): string {
  const words = WORDS[locale];
  if (wish === "write" || earlier.trim() === "") return words.role;
  return `${words.role}\n\n${words[wish]}\n${earlier}`;
}

/** The talk so far; providers answer only what a visitor says last. */
export function draftMessages(locale: Locale, messages: readonly SpokenMessage[]): ModelMessage[] {
  const spoken = modelMessages(messages);
  return spoken.at(-1)?.role === "user" ? spoken : [...spoken, { role: "user", text: WORDS[locale].goOn }];
}

/** The first half of a text by sentences, at least one; for the built-in model, which cannot retell. */
export function shortened(text: string): string {
  const sentences = text.match(/[^.!?…\n]+(?:[.!?…]+|\n+|$)\s*/gu) ?? [text];
  return sentences
    .slice(0, Math.ceil(sentences.length / 2))
    .join("")
    .trim();
}
