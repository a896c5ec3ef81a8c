import type { SpokenLanguage } from "./words";

type Phrases = {
  greeting: string;
  thanks: string;
  nothing: string;
  nothingButPeople: string;
  clarify: string;
  farewell: string;
};

export const phrases: Record<SpokenLanguage, Phrases> = {
  en: {
    greeting: "Hello. Ask a question, and I will look for the answer in the knowledge base.",
    thanks: "You are welcome. Ask if anything else comes up.",
    farewell: "Goodbye. Write again whenever you need something.",
    nothing:
      "I found nothing about this in the knowledge base. Try asking in other words, or contact the company directly.",
    nothingButPeople:
      "I found nothing about this in the knowledge base. Try asking in other words, or write “operator” to talk to a person.",
    clarify: "I found nothing about this in the knowledge base. Could you say it in other words or add a detail?",
  },
  ru: {
    greeting: "Здравствуйте. Задайте вопрос — ответ поищу в базе знаний.",
    thanks: "Рады помочь. Пишите, если появятся ещё вопросы.",
    farewell: "До свидания. Пишите, когда что-нибудь понадобится.",
    nothing: "В базе знаний об этом ничего не нашлось. Спросите другими словами или свяжитесь с компанией напрямую.",
    nothingButPeople:
      "В базе знаний об этом ничего не нашлось. Спросите другими словами или напишите «оператор» — ответит сотрудник.",
    clarify: "В базе знаний об этом ничего не нашлось. Уточните, пожалуйста, вопрос или задайте его другими словами.",
  },
};

const starts = (words: string) => new RegExp(`^(?:${words})(?=$|[\\s,.!?)])`, "iu");
const greeting = starts(
  "hi|hello|hey|good (?:morning|afternoon|evening|day)|привет|приветствую|здравствуй|здравствуйте|доброе утро|добрый день|добрый вечер|доброго дня|салют|/start",
);
const thanks = starts("thanks?|thank you|thx|cheers|спасибо|благодарю|спс");
const farewell = starts("bye|goodbye|see you|до свидания|пока|всего доброго|всего хорошего");

export type SmallTalk = "greeting" | "thanks" | "farewell";

/** Politeness without a question, or null. "Hello, how much is delivery?" is a question. */
export function smallTalkOf(text: string): SmallTalk | null {
  let rest = text.trim();
  let kind: SmallTalk | null = null;
  for (const [name, pattern] of [
    ["greeting", greeting],
    ["thanks", thanks],
    ["farewell", farewell],
  ] as const) {
    const match = pattern.exec(rest);
    if (!match) continue;
    kind = name;
    rest = rest.slice(match[0].length).replace(/^[\s,.!?)]+/u, "");
  }
  const restWords = rest.match(/[\p{L}\p{N}]+/gu) ?? [];
  return kind !== null && restWords.length <= 2 && !rest.includes("?") ? kind : null;
}
