import { describe, expect, it } from "vitest";
import type { ModelPassage } from "@/modules/ai/contract";
import { quote } from "./rules";

const passage = (text: string, more: Partial<ModelPassage> = {}): ModelPassage => ({
  title: "Terms.pdf",
  heading: "",
  text,
  isQa: false,
  score: 1,
  ...more,
});

const shopRu = [
  passage(
    "Доставка по городу стоит 300 рублей, бесплатно при заказе от 3000 рублей. Курьер приезжает с 10 до 21 часа.\nСамовывоз бесплатный.",
    { heading: "Доставка" },
  ),
  passage("Вернуть товар можно в течение 14 дней со дня покупки. Деньги приходят на карту за 3 рабочих дня.", {
    heading: "Возврат",
  }),
  passage("Гарантия на все кофемашины — 24 месяца. Ремонт делает сервисный центр на ул. Ленина, д. 5.", {
    heading: "Гарантия",
  }),
  passage(
    "Наименование: Чайник «Ёлка»; Цена: 1 990 ₽; Остаток: 4\nНаименование: Кофемолка К-20; Цена: 3 450 ₽; Остаток: 0",
  ),
];
const shopEn = [
  passage(
    "Delivery within the city costs $5 and is free for orders over $50. The courier comes between 10 am and 9 pm.",
    { heading: "Delivery" },
  ),
  passage("You can return an item within 14 days of purchase. The money is back on your card in 3 business days.", {
    heading: "Returns",
  }),
  passage("The starter set contains:\n- a grinder\n- two cups\n- a brush\n\nAll sets come in a gift box.", {
    heading: "Sets",
  }),
  passage("We reply on working days.", { heading: "Contacts" }),
  passage("Write to help@shop.example or call +1 202 555 0147.", { heading: "Contacts" }),
];

describe("quote", () => {
  it.each([
    [
      "Сколько стоит доставка?",
      shopRu,
      "Доставка по городу стоит 300 рублей, бесплатно при заказе от 3000 рублей. [1]",
    ],
    ["за сколько дней можно вернуть товар", shopRu, "Вернуть товар можно в течение 14 дней со дня покупки. [2]"],
    ["Какая гарантия на кофемашину?", shopRu, "Гарантия на все кофемашины — 24 месяца. [3]"],
    ["Где сервисный центр?", shopRu, "Ремонт делает сервисный центр на ул. Ленина, д. 5. [3]"],
    ["сколько стоит кофемолка к-20", shopRu, "Наименование: Кофемолка К-20; Цена: 3 450 ₽; Остаток: 0 [4]"],
    ["How much is delivery?", shopEn, "Delivery within the city costs $5 and is free for orders over $50. [1]"],
    ["can I return an item I bought?", shopEn, "You can return an item within 14 days of purchase. [2]"],
    ["what is your phone number", shopEn, "Write to help@shop.example or call +1 202 555 0147. [5]"],
  ])("answers «%s» with the sentence that says it", (question, passages, expected) => {
    expect(quote({ question, passages })).toBe(expected);
  });

  it("gives the lines under an introduction together with it", () => {
    expect(quote({ question: "What does the starter set contain?", passages: shopEn })).toBe(
      "The starter set contains: [3]\n- a grinder [3]\n- two cups [3]\n- a brush [3]",
    );
  });

  it("gives the owner's own answer whole", () => {
    const entry = passage("Да, в рассрочку на 4 месяца. Без переплаты.", {
      title: "Можно ли купить в рассрочку?",
      isQa: true,
    });
    expect(quote({ question: "а рассрочка есть?", passages: [...shopRu, entry] })).toBe(
      "Да, в рассрочку на 4 месяца. Без переплаты. [5]",
    );
  });

  it.each([
    ["Какая столица Франции?", shopRu, "ничего не нашлось"],
    ["Сколько стоит билет в Париж?", shopRu, "ничего не нашлось"],
    ["Do you sell bicycles?", shopEn, "found nothing"],
    ["Who won the world cup in 1998?", shopEn, "found nothing"],
    ["Сколько стоит доставка?", [], "ничего не нашлось"],
  ])("says plainly that nothing was found for «%s»", (question, passages, expected) => {
    expect(quote({ question, passages })).toContain(expected);
  });

  it.each([
    ["Привет!", "Здравствуйте"],
    ["Добрый день", "Здравствуйте"],
    ["Hello there", "Hello"],
    ["спасибо", "Рады помочь"],
    ["/start", "Hello"],
  ])("answers the politeness «%s» without quoting", (question, expected) => {
    const answer = quote({ question, passages: shopRu });
    expect(answer).toContain(expected);
    expect(answer).not.toMatch(/\[\d/);
  });

  it("answers a question that begins with a greeting", () => {
    expect(quote({ question: "Здравствуйте, сколько стоит доставка?", passages: shopRu })).toContain("300 рублей");
  });

  it("asks back when the owner prefers that", () => {
    const asked = { question: "Do you sell bicycles?", passages: shopEn };
    expect(quote({ ...asked, offersPerson: true })).toContain("to talk to a person");
    expect(quote(asked)).not.toContain("person");
    expect(quote({ question: "Do you sell bicycles?", passages: shopEn, noAnswer: "clarify" })).toContain(
      "other words",
    );
  });

  const teaEn = [
    passage("- Japanese Sencha: 70–75 °C, 4 g per 200 ml, 1 minute.\n- Ripe pu-erh: 100 °C, 6 g per 120 ml.", {
      title: "Brewing.md",
      heading: "Brewing tea",
    }),
    passage("Product: Japanese Sencha; Price: £8.50; Stock: 3\nProduct: Ripe pu-erh; Price: £36.00; Stock: 0", {
      title: "Tea prices.csv",
    }),
    passage("Keep tea in a closed tin away from spices.", { title: "Keeping.md", heading: "Keeping tea" }),
    passage("Write to us, tea lovers: hello@tea.example", { heading: "Contacts" }),
  ];

  it("answers what something costs with the row that has the price", () => {
    expect(quote({ question: "price of sencha", passages: teaEn })).toBe(
      "Product: Japanese Sencha; Price: £8.50; Stock: 3 [2]",
    );
  });

  it.each([
    ["and pu-erh?", ["price of sencha"], "Product: Ripe pu-erh; Price: £36.00; Stock: 0 [2]"],
    ["and pu-erh?", ["and oolong?", "price of sencha"], "Product: Ripe pu-erh; Price: £36.00; Stock: 0 [2]"],
    [
      "how much does it cost?",
      ["and with milk?", "is sencha Japanese?"],
      "Product: Japanese Sencha; Price: £8.50; Stock: 3 [2]",
    ],
    ["how much is it?", ["is sencha Japanese?"], "Product: Japanese Sencha; Price: £8.50; Stock: 3 [2]"],
  ])("understands «%s» after %j", (question, earlier, expected) => {
    expect(quote({ question, earlier, passages: teaEn })).toBe(expected);
  });

  it("answers a price with a figure rather than with what is free", () => {
    const free = passage("An order is cancelled free of charge before its delivery.", { heading: "Cancelling" });
    expect(quote({ question: "How much is delivery?", passages: [free, ...shopEn] })).toContain("costs $5");
  });

  it("asks a question without a subject about the one before it", () => {
    const earlier = ["Сколько стоит доставка?"];
    expect(quote({ question: "а сколько идёт?", earlier, passages: shopRu })).toContain("Доставка по городу");
  });

  it("does not repeat the earlier answer to a follow-up about something else", () => {
    expect(quote({ question: "and coffee?", earlier: ["price of sencha"], passages: teaEn })).toContain(
      "found nothing",
    );
  });

  it("takes a word that every passage has for no answer", () => {
    expect(quote({ question: "recommend a tea", passages: teaEn })).toContain("found nothing");
  });

  it("knows e-mail however it is written", () => {
    expect(quote({ question: "email?", passages: teaEn })).toContain("hello@tea.example");
    expect(quote({ question: "E-mail", passages: teaEn })).toContain("hello@tea.example");
  });

  it("speaks the language of the dialog where the question has no letters", () => {
    expect(quote({ question: "👍", passages: shopRu, language: "ru" })).toContain("ничего не нашлось");
  });

  it("quotes a row of a Markdown table with its columns' names, without the bars", () => {
    const text = "## Rooms\n\n| Room | Price | Note |\n|:--|--:|---|\n| Attic | £40 | a \\| b |\n| Cellar | £25 | |";
    expect(quote({ question: "How much is the cellar room?", passages: [passage(text)] })).toBe(
      "Room: Cellar; Price: £25 [1]",
    );
    expect(quote({ question: "attic", passages: [passage(text)] })).toBe("Room: Attic; Price: £40; Note: a | b [1]");
    expect(quote({ question: "cellar", passages: [passage("| Cellar | £25 | |\n| Hall | £90 | |")] })).toBe(
      "Cellar; £25 [1]",
    );
  });

  it("goes on with a figure that the width of the page has put on the next line", () => {
    const text = "Срок хранения зелёного чая составляет 12 месяцев, чёрного и улуна\n24 месяца, у пуэра срока нет.";
    expect(quote({ question: "срок хранения улуна", passages: [passage(text)] })).toContain("24 месяца");
  });

  it("keeps markup, quotes and ё of the source unchanged", () => {
    const text = "Чайник «Ёлка» <b>1 990 ₽</b> — url(x) в наличии.";
    expect(quote({ question: "чайник Елка", passages: [passage(text)] })).toBe(`${text} [1]`);
  });
});
