import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { MESSAGES } from "@/i18n/messages";
import MarkdownBody, { type MarkdownBodyProps } from "./markdown-body";

const render = (text: string, more: Partial<MarkdownBodyProps> = {}) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={MESSAGES.en}>
      <MarkdownBody text={text} {...more} />
    </NextIntlClientProvider>,
  );

it("keeps foreign HTML as text", () => {
  const html = render('Hi <img src=x onerror="alert(1)"> <script>alert(2)</script> <b>you</b>');
  expect(html).not.toMatch(/<img|<script|<b>/);
  expect(html).toContain("&lt;script&gt;");
});

it.each(["https://a.example/x", "http://a.example", "mailto:a@b.example", "tel:+7495"])(
  "lets links lead to %s",
  (href) => {
    expect(render(`[go](${href})`)).toContain(`href="${href}"`);
  },
);

it.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "JaVaScRiPt:alert(1)",
  "vbscript:x",
  "/relative",
  "//evil.example",
])("turns a link to %s into words", (href) => {
  const html = render(`[go](${href})`);
  expect(html).not.toContain("href");
  expect(html).toContain("go");
});

it("loads no image, only says its name", () => {
  const html = render("![a cat](https://tracker.example/cat.png)");
  expect(html).not.toContain("tracker.example");
  expect(html).toContain("a cat");
});

it("writes no style attribute, which the content security policy would refuse", () => {
  const html = render("# Title\n\n- one\n\n```js\nx\n```\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n`x` [1]");
  expect(html).not.toContain("style=");
  expect(html).toContain("<table>");
});

it("draws citations outside code and leaves code alone", () => {
  const html = render("It is 300 [1], see [12]. `a[1]`", { citation: (number) => <mark>{number}</mark> });
  expect(html).toContain("<mark>1</mark>");
  expect(html).toContain("<mark>12</mark>");
  expect(html).toContain("a[1]");
  expect(render("It is 300 [1]")).toContain("300 [1]");
});
