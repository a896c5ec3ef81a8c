import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/locales";
import { RULE_IDS } from "./phrases";
import { detectGaveUp, detectRequest } from "./rules";

const ASKS = [
  // Calling somebody.
  "Позовите оператора",
  "позови человека",
  "ПОЗОВИТЕ МЕНЕДЖЕРА!!!",
  "Позовите, пожалуйста, оператора",
  "Можете позвать живого человека?",
  "вызовите специалиста пожалуйста",
  "пригласите сотрудника",
  "Не могли бы вы позвать консультанта?",
  "позовите кого-нибудь",
  // Connecting.
  "соедините меня с оператором",
  "Соедини с живым человеком",
  "переключите на оператора",
  "переведите меня на менеджера",
  "подключите оператора к чату",
  "Передайте мой вопрос специалисту",
  "свяжите меня с поддержкой",
  "Можно соединить с отделом продаж?",
  // Talking.
  "хочу поговорить с человеком",
  "Могу я пообщаться с живым оператором?",
  "как связаться с оператором",
  "как мне связаться с вашим менеджером?",
  "мне надо переговорить с администратором",
  "не смог связаться с оператором",
  // Wanting.
  "нужен оператор",
  "Мне нужен менеджер",
  "мне оператора",
  "можно оператора?",
  "Нужен живой человек",
  "дайте живого!",
  "хочу человека",
  "есть тут живые люди?",
  "где оператор",
  "требую менеджера",
  "нельзя ли живого оператора",
  // Bare.
  "оператор",
  "Оператора!",
  "Живой человек",
  "менеджера, пожалуйста",
  "человека сюда",
  "/operator",
  // Boss, complaint, contact.
  "хочу поговорить с начальником",
  "Дайте телефон вашего директора",
  "требую руководство",
  "хочу подать жалобу",
  "у меня претензия к вашей работе",
  "буду жаловаться в Роспотребнадзор",
  "перезвоните мне",
  "пусть мне перезвонят",
  // Not a bot.
  "не хочу общаться с ботом",
  "Хватит бота, дайте нормальный ответ",
  "надоел этот робот",
  "тупой бот",
  "бот бесполезный",
  // Medium.
  "какой номер службы поддержки",
  "как позвонить на горячую линию",
  "нужна срочная помощь",
  "помогите срочно, срочная консультация нужна",
  "ужасный сервис",
  "Это безобразие!",
  "вы мне не помогли",
  "Вы меня не понимаете",
  "проблема так и не решена",
  "третий раз спрашиваю",
  "Пишу вам уже пятый раз",
  "сколько можно ждать!",
  "жду уже три дня",
  // English.
  "connect me to a human",
  "Please connect me with an operator",
  "transfer me to a real person",
  "put me through to an agent",
  "I want to speak to a human",
  "can I talk to a person?",
  "Can I please talk to someone?",
  "how do I talk to a person",
  "I need a human",
  "I'd like a live agent",
  "get me a supervisor",
  "is there a real person here?",
  "human please",
  "AGENT!!!",
  "representative",
  "speak to customer service",
  "I want to file a complaint",
  "call me back",
  "I don't want to talk to a bot",
  "stupid chatbot",
  "this bot is useless",
  "how can I contact customer support?",
  "I need urgent help",
  "terrible service",
  "you can't help me",
  "You don’t understand",
  "this is the third time I ask",
  "I have been waiting for hours",
  "let me speak with your manager",
  // A request beside something that is none.
  "Что такое оператор if? И позовите менеджера",
  "Какой тариф у оператора связи, и соедините меня с человеком",
  "Do you support PDF files? I want to talk to a human.",
  "what is a package manager? connect me to an agent",
  "Не нужен мне ваш бот, нужен оператор",
  "I don't want a robot, I want a human",
];

const DOES_NOT = [
  "Сколько стоит доставка?",
  "Как оформить возврат?",
  "Где мой заказ?",
  "помогите выбрать телефон",
  "у меня проблема с оплатой",
  "Сколько ждать доставку?",
  "какие способы связи?",
  "Спасибо, вы мне помогли",
  "Вы работаете в субботу?",
  "Что такое оператор if в Python?",
  "мне нужен логический оператор для сравнения",
  "нужен оператор присваивания в коде",
  "какой оператор выбрать для цикла",
  "нужен менеджер паролей",
  "посоветуйте менеджер задач",
  "Как работает оператор?",
  "чем занимается менеджер",
  "кто такой специалист по логистике",
  "мой оператор связи МТС",
  "нужен мобильный оператор с безлимитом",
  "вы оператор персональных данных?",
  "хочу работать оператором",
  "есть ли вакансия менеджера?",
  "столик на 4 человека",
  "хочу забронировать на двух человек",
  "сколько человек помещается в зале",
  "витамины для здоровья человека",
  "права человека",
  "поддерживает ли сервис формат PDF",
  "нужна поддержка файлов docx",
  "оператор не нужен",
  "не надо оператора",
  "Не зовите менеджера, я разобрался",
  "не хочу говорить с человеком",
  "без оператора можно оформить?",
  "мне звонил ваш менеджер",
  "я вчера говорил с оператором",
  "оператор сказал, что заказ готов",
  "переведите текст на человеческий язык",
  "у вас есть туроператор?",
  "бот не отвечает в телеграме, как его настроить",
  "How much is delivery?",
  "help",
  "I have a problem with my order",
  "do you support PDF files?",
  "which file formats are supported",
  "what is an operator?",
  "what does a manager do?",
  "how does the agent work",
  "What is the ternary operator in JavaScript",
  "I need a task manager",
  "which password manager do you recommend",
  "I need a table for 4 people",
  "price per person",
  "human rights",
  "human resources department",
  "mobile operator",
  "I need a travel agent",
  "I don't need an operator",
  "no need to connect me to an agent",
  "I do not want to talk to a human",
  "thank you, that helped",
  "Is there a job as an operator?",
  "Do you have vacancies for managers?",
  "",
  "   ",
  "👍",
];

describe("a request for a person", () => {
  it.each(ASKS)("is heard in: %s", (text) => {
    expect(detectRequest(text)).toMatchObject({ fires: true, reason: "keyword" });
  });

  it.each(DOES_NOT)("is not heard in: %s", (text) => {
    expect(detectRequest(text)).toMatchObject({ fires: false, reason: null });
  });

  it.each(
    [
      "оператор",
      "оператора",
      "менеджер",
      "менеджера",
      "специалиста",
      "консультанта",
      "сотрудника",
      "администратора",
    ].flatMap((who) =>
      ["Позовите", "позови", "пригласите", "соедините с", "переключите на"].map((verb) => `${verb} ${who}`),
    ),
  )("is heard in every form: %s", (text) => {
    expect(detectRequest(text).fires).toBe(true);
  });

  it.each(["оператором", "менеджером", "человеком", "людьми", "специалистом", "живым человеком", "руководителем"])(
    "is heard in every case: хочу поговорить с %s",
    (whom) => {
      expect(detectRequest(`Хочу поговорить с ${whom}.`).fires).toBe(true);
    },
  );

  it("says which rule matched which words, and which clause was excluded and why", () => {
    expect(detectRequest("Что такое оператор if в коде? Позовите менеджера!")).toMatchObject({
      score: 1,
      matches: [{ rule: "call", weight: 1, words: "позовите менеджера" }],
    });
    expect(detectRequest("Мне нужен логический оператор")).toMatchObject({
      score: 0,
      matches: [],
      excluded: [{ rule: "code", words: "мне нужен логический оператор" }],
    });
  });

  it("stays fast on a hostile text", () => {
    const hostile = `${"позовите ".repeat(2_000)}${"соедините меня с ".repeat(2_000)}`;
    const startedAt = performance.now();
    detectRequest(hostile);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it("has sixteen families of phrases", () => {
    expect(RULE_IDS).toHaveLength(16);
  });
});

describe("repeated trouble", () => {
  const question = "Когда привезут мой заказ?";

  it("counts from the third time the same is asked", () => {
    expect(detectRequest(question, { earlierQuestions: [question] }).fires).toBe(false);
    expect(detectRequest("когда привезут мой заказ", { earlierQuestions: [question, question] })).toMatchObject({
      score: 0.6,
      reason: "retries",
    });
  });

  it("does not count thanks and greetings", () => {
    expect(detectRequest("Спасибо", { earlierQuestions: ["Спасибо", "Спасибо"] }).fires).toBe(false);
  });
});

describe("an answer that gives up", () => {
  it.each([
    "К сожалению, я не могу ответить на этот вопрос.",
    "У меня нет такой информации.",
    "В базе знаний недостаточно данных для ответа.",
    "Я не нашёл ответа на ваш вопрос.",
    "Не уверен, лучше уточните у менеджера.",
    "Это индивидуальный случай, обратитесь в поддержку.",
    "I cannot answer that question.",
    "I don't have this information.",
    "I could not find an answer. Please contact support.",
    "I'm not sure about that.",
    "This is a special case, please contact our team.",
  ])("is told by: %s", (answer) => {
    expect(detectGaveUp(answer, { isCited: false })).toMatchObject({ fires: true, reason: "fallback" });
  });

  it.each([
    "Доставка стоит 300 рублей.",
    "Возврат возможен в течение 14 дней. Если останутся вопросы, свяжитесь с нами.",
    "Delivery costs 300 roubles. Contact us if you need anything else.",
    "Да, мы работаем в субботу.",
  ])("is not told by: %s", (answer) => {
    expect(detectGaveUp(answer, { isCited: false }).fires).toBe(false);
  });

  it("is never one that quotes a source", () => {
    expect(detectGaveUp("Информации о ценах нет, но доставка бесплатна [1].", { isCited: true }).fires).toBe(false);
  });
});

it("speaks every language of the product", () => {
  const asked = { ru: "Позовите оператора", en: "Connect me to a human" } satisfies Record<
    (typeof LOCALES)[number],
    string
  >;
  expect(LOCALES.map((locale) => detectRequest(asked[locale]).fires)).toEqual(LOCALES.map(() => true));
});
