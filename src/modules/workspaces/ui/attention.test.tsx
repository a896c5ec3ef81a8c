import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import { Attention } from "./attention";

const faulty = [{ id: "1", name: "@kettle_bot", href: "/w/shop/assistants/a/channels" }];

function drawn(props: { waiting: number; faulty: typeof faulty }, locale: Locale = "en"): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="UTC">
      <Attention queueHref="/w/shop/inbox/queue" {...props} />
    </NextIntlClientProvider>,
  );
}

it("takes no room while nothing is to be done", () => {
  expect(drawn({ waiting: 0, faulty: [] })).toBe("");
});

it("names a bot that does not work and the page where it is mended", () => {
  const markup = drawn({ waiting: 0, faulty });
  expect(markup).toContain("@kettle_bot");
  expect(markup).toContain('href="/w/shop/assistants/a/channels"');
  expect(markup).not.toContain("/inbox/queue");
});

it.each([
  ["en", 1, "1 person is waiting"],
  ["en", 2, "2 people are waiting"],
  ["ru", 1, "1 человек ждёт вашего ответа"],
  ["ru", 2, "2 человека ждут вашего ответа"],
  ["ru", 5, "5 человек ждут вашего ответа"],
] as const)("counts in %s who waits: %i", (locale, waiting, words) => {
  const markup = drawn({ waiting, faulty: [] }, locale);
  expect(markup).toContain(words);
  expect(markup).toContain('href="/w/shop/inbox/queue"');
});
