import { randomUUID } from "node:crypto";
import path from "node:path";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { SignUp } from "./pages/sign-up";

const fixtures = path.resolve("src/modules/knowledge/server/fixtures");

test("a newcomer gets cited answers from a real PDF, in the browser and in Telegram", async ({
  page,
  sql,
  telegram,
  model,
}) => {
  // The model knows only what the product put into its prompt.
  model.set({
    reply: ({ messages }) => `${/[^\n.]*26 months[^\n.]*/.exec(messages[0]?.text ?? "")?.[0] ?? "I do not know"} [1].`,
  });
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Anna",
  });
  const editor = new AssistantEditor(page);
  await editor.create("Kettle shop");
  // The template that was chosen, however quickly the name was typed.
  await expect(page.getByRole("textbox", { name: "Instructions" })).toHaveValue(/\w/);

  await editor.openTab("Knowledge");
  await editor.upload(path.join(fixtures, "warranty-en.pdf"));
  await expect(editor.document("warranty-en.pdf").getByText("Ready")).toBeVisible({ timeout: 20_000 });

  await editor.openTab("Playground");
  await editor.ask("How many months is the warranty of a kettle?");
  await expect(editor.conversation.getByText("26 months")).toBeVisible();
  await expect(editor.conversation.getByRole("button", { name: /warranty-en\.pdf/ }).first()).toBeVisible();
  await editor.whyButton.click();
  const reasons = page.getByRole("dialog", { name: "Why this answer" });
  await expect(reasons.getByText("warranty-en.pdf").first()).toBeVisible();
  await expect(reasons.getByText("Used").first()).toBeVisible();
  await page.keyboard.press("Escape");

  await page.reload();
  await expect(editor.conversation.getByText("26 months")).toBeVisible();

  const bot = telegram.addBot({ name: "Kettle bot" });
  await editor.openTab("Channels");
  await page.getByLabel("Bot token").fill(bot.token);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByRole("main").getByText("Online")).toBeVisible();
  const asked = bot.sent.length;
  await bot.visitorSends("How many months is the warranty of a kettle?");
  const reply = await bot.waitForReply(asked + 1, 20_000);
  expect(reply.text).toContain("26 months");
  expect(reply.text).toContain("warranty-en.pdf");
  await expect(page.getByText("Message received")).toBeVisible();
});

test("a file that cannot be read says why and can be removed", async ({ page, sql }) => {
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Anna",
  });
  const editor = new AssistantEditor(page);
  await editor.create("Careful");
  await editor.openTab("Knowledge");
  await editor.upload(path.join(fixtures, "encrypted.pdf"), path.join(fixtures, "images-only.pdf"));
  await expect(page.getByText("Password protected").first()).toBeVisible();
  await expect(page.getByText("Only images, no text").first()).toBeVisible({ timeout: 20_000 });
});

test("hostile text comes back as it was typed and never runs", async ({ page, sql }) => {
  const hostile = `<img src=x onerror="document.title='owned'"> "q" 'a' url(javascript:1) 👍🏽 ёлка & {braces}`;
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: hostile.slice(0, 90),
  });
  const editor = new AssistantEditor(page);
  await editor.create(hostile.slice(0, 90));
  await editor.openTab("Playground");
  await editor.ask(hostile);
  await expect(editor.conversation.getByText(hostile, { exact: true })).toBeVisible();
  await editor.openTab("Behaviour");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(hostile.slice(0, 90));
  expect(await page.title()).not.toBe("owned");
});
