import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { SignUp } from "./pages/sign-up";

const LONG = Array.from({ length: 200 }, (_, n) => `word${n}`).join(" ");

test.describe("an answer on its way", () => {
  test.beforeEach(async ({ page, sql, model }) => {
    model.set({ firstTokenMs: 50, tokenMs: 50, reply: () => LONG });
    await new SignUp(page, sql).register({
      email: `${randomUUID()}@example.com`,
      password: "correct horse 7",
      name: "Anna",
    });
    await new AssistantEditor(page).create("Slow talker");
  });

  test.afterEach(({ model }) => model.set({ firstTokenMs: 0, tokenMs: 0 }));

  test("stops at once when asked to, and the provider's call with it", async ({ page, model }) => {
    const editor = new AssistantEditor(page);
    await editor.openTab("Playground");
    const calls = model.calls.length;
    await editor.ask("Tell me everything");
    await expect(editor.conversation.getByText("word5")).toBeVisible();
    await page.getByRole("button", { name: "Stop" }).click();
    await model.waitForAbort(calls);
    await expect(page.getByRole("button", { name: "Stop" })).toBeHidden();
    await page.reload();
    await expect(editor.conversation.getByText("word5")).toBeVisible();
    await expect(editor.conversation.getByText("word199")).toBeHidden();
  });

  test("goes on after a reload and is there once, whole", async ({ page, model }) => {
    const editor = new AssistantEditor(page);
    await editor.openTab("Playground");
    const calls = model.calls.length;
    await editor.ask("Tell me everything");
    await expect(editor.conversation.getByText("word5")).toBeVisible();
    await page.reload();
    await expect(editor.conversation.getByText("word199")).toBeVisible({ timeout: 40_000 });
    expect(await editor.conversation.getByRole("article").count()).toBe(1);
    expect(model.calls.length - calls).toBe(1);
  });

  test("shows up live in the list of dialogs of another tab", async ({ page, context, model }) => {
    model.set({ firstTokenMs: 0, tokenMs: 0, reply: () => "A short answer." });
    const other = await context.newPage();
    await other.goto(page.url().replace(/\/assistants.*/, "/dialogs"));
    const editor = new AssistantEditor(page);
    await editor.openTab("Playground");
    await editor.ask("Is anybody there?");
    await expect(editor.conversation.getByText("A short answer.")).toBeVisible();
    await expect(other.getByText("A short answer.").first()).toBeVisible();
    await other.close();
  });
});
