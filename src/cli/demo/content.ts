import type { Locale } from "@/lib/locales";

export type DemoDocument = { file: string; name: string };
export type DemoQa = { question: string; answer: string };
export type DemoTalk = { visitorName: string; questions: string[] };

export type DemoShop = {
  name: string;
  instructions: string;
  greeting: string;
  starters: string[];
  documents: DemoDocument[];
  qa: DemoQa[];
  /** Questions that are really asked while seeding; the answers are the model's own. The last of each language has no source. */
  talks: DemoTalk[];
};

/** A shop that sells tea, told twice: each language has its own documents, prices and addresses. */
export const DEMO_SHOPS: Record<Locale, DemoShop> = {
  ru: {
    name: "Дом и чай",
    instructions:
      "Вы помогаете покупателям интернет-магазина чая и посуды «Дом и чай». Отвечайте коротко и по делу: сроки, цены, условия. " +
      "Не советуйте товаров, которых нет в прайс-листе. Если ответа нет в базе знаний, скажите об этом прямо и назовите почту поддержки.",
    greeting: "Здравствуйте! Помогу с доставкой, ценами и завариванием. Что вас интересует?",
    starters: [
      "Сколько стоит доставка курьером?",
      "При какой температуре заваривать сенчу?",
      "Какая гарантия на электрочайник?",
    ],
    documents: [
      { file: "delivery.md", name: "Доставка и возврат.md" },
      { file: "prices.csv", name: "Прайс-лист.csv" },
      { file: "contacts.txt", name: "Контакты и часы работы.txt" },
      { file: "warranty.html", name: "Гарантия.html" },
      { file: "brewing.md", name: "Как заваривать.md" },
    ],
    qa: [
      {
        question: "Можно ли оплатить заказ при получении?",
        answer:
          "Да, картой или наличными курьеру в Москве и в наших пунктах выдачи. В регионах заказ оплачивается на сайте.",
      },
      {
        question: "Есть ли у вас подарочная упаковка?",
        answer: "Есть. Крафтовая коробка с лентой стоит 150 ₽, открытку подпишем от руки бесплатно.",
      },
      {
        question: "Откуда ваш чай?",
        answer:
          "Китайский чай мы возим из Юньнани, Фуцзяни и Чжэцзяна, японский из Сидзуоки, ассам из Индии. Иван-чай российский.",
      },
      {
        question: "Можно ли получить пробник?",
        answer: "К каждому заказу от 2 000 ₽ кладём пробник 10 г на выбор: напишите сорт в комментарии к заказу.",
      },
    ],
    talks: [
      {
        visitorName: "Мария",
        questions: ["Сколько стоит доставка курьером по Москве?", "Можно ли вернуть посуду?"],
      },
      { visitorName: "Олег", questions: ["При какой температуре заваривать сенчу?"] },
      { visitorName: "", questions: ["Вы чините кофемашины?"] },
    ],
  },
  en: {
    name: "House & Tea",
    instructions:
      "You help customers of House & Tea, an online shop for tea and teaware. Answer briefly and to the point: times, prices, terms. " +
      "Do not suggest products that are not in the price list. If the knowledge has no answer, say so plainly and give the support e-mail.",
    greeting: "Hello! I can help with delivery, prices and brewing. What would you like to know?",
    starters: [
      "How much is standard delivery?",
      "At what temperature should I brew sencha?",
      "How long is the warranty on the kettle?",
    ],
    documents: [
      { file: "delivery.md", name: "Delivery and returns.md" },
      { file: "prices.csv", name: "Price list.csv" },
      { file: "contacts.txt", name: "Contacts and opening hours.txt" },
      { file: "warranty.html", name: "Warranty.html" },
      { file: "brewing.md", name: "How to brew.md" },
    ],
    qa: [
      {
        question: "Which payment methods do you accept?",
        answer: "Visa, Mastercard, American Express, Apple Pay and Google Pay. In the shop also cash.",
      },
      {
        question: "Do you wrap gifts?",
        answer: "Yes. A kraft box with a ribbon costs £2.50, and we write a card by hand free of charge.",
      },
      {
        question: "Where does your tea come from?",
        answer:
          "Chinese tea comes from Yunnan, Fujian and Zhejiang, Japanese tea from Shizuoka, Assam from India. Peppermint grows in Devon.",
      },
      {
        question: "Can I get a sample?",
        answer: "Every order over £25 gets a 10 g sample of your choice: name the tea in the order comment.",
      },
    ],
    talks: [
      {
        visitorName: "Emma",
        questions: ["How much is next working day delivery?", "Can I return unused teaware?"],
      },
      { visitorName: "James", questions: ["When is the shop open on Sunday?"] },
      { visitorName: "", questions: ["Do you repair coffee machines?"] },
    ],
  },
};
