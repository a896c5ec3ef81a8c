import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { LiveDialog } from "./pages/live-dialog";
import { SignUp } from "./pages/sign-up";

const RECONNECTING = "Reconnecting. Nothing will be lost";

test.describe("a connection that is cut and comes back", () => {
  test.beforeEach(async ({ page, sql, model }) => {
    model.set({ reply: () => "Noted." });
    await new SignUp(page, sql).register({
      email: `${randomUUID()}@example.com`,
      password: "correct horse 7",
      name: "Anna",
    });
    await new AssistantEditor(page).create("Kettle shop");
  });

  test("is announced, and what was written meanwhile appears without a refresh", async ({
    page,
    context,
    surroundings,
  }) => {
    const editor = new AssistantEditor(page);
    await editor.openTab("Playground");
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/chat"));
    await editor.ask("First question");
    await expect(editor.conversation.getByText("Noted.")).toBeVisible();
    const response = await answered;
    const dialogId = response.headers()["x-dialog-id"];
    const { assistantId } = response.request().postDataJSON() as { assistantId: string };
    // The server draws the page before its script runs: only then is there a connection to cut.
    const live = page.waitForResponse((response) => response.url().includes("realtime.events"));
    await page.goto(page.url().replace(/\/assistants.*/, `/dialogs/${dialogId}`));
    await expect(page.getByText("First question")).toBeVisible();
    await live;
    const strip = page.getByRole("status").filter({ hasText: /connect|online|offline/i });

    await context.setOffline(true);
    await expect(page.getByText(RECONNECTING)).toBeVisible();
    // Requests of the test itself do not go through the page's network.
    await page.request.post("/api/chat", {
      headers: { origin: surroundings.url },
      data: { assistantId, dialogId, id: randomUUID(), text: "Second question" },
    });
    await expect(page.getByText("Second question", { exact: true })).toBeHidden();

    await context.setOffline(false);
    await expect(page.getByText("Second question", { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(RECONNECTING)).toBeHidden();
    await expect(strip).toHaveCount(0, { timeout: 20_000 });
  });

  test("brings five messages in order within a second, without a refresh", async ({ page, surroundings }) => {
    await new AssistantEditor(page).openTab("Playground");
    const live = page.waitForResponse((response) => response.url().includes("realtime.events"));
    const dialog = await LiveDialog.begin(page, surroundings.url);
    await live;
    await dialog.mark();
    await page.context().setOffline(true);
    await expect(page.getByText(RECONNECTING)).toBeVisible();
    await dialog.writeFive();
    await expect(page.getByText("While away 1")).toBeHidden();
    const tookMs = await dialog.timeToFive((context) => context.setOffline(false));
    expect(tookMs).toBeLessThan(1_000);
    await dialog.expectNoReload();
  });

  test("loses nothing that was typed or edited", async ({ page, context }) => {
    const editor = new AssistantEditor(page);
    await editor.openTab("Playground");
    const field = page.getByRole("textbox", { name: "Question to the assistant" });
    await field.fill("Is the kettle");
    await context.setOffline(true);
    await field.pressSequentially(" red?");
    await expect(page.getByText(RECONNECTING)).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText(RECONNECTING)).toBeHidden({ timeout: 20_000 });
    await expect(field).toHaveValue("Is the kettle red?");
    await field.press("Enter");
    await expect(editor.conversation.getByText("Noted.")).toBeVisible();

    await editor.openTab("Behaviour");
    const greeting = page.getByLabel("Greeting");
    await greeting.fill("Good day");
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await context.setOffline(true);
    await greeting.fill("Good evening");
    await expect(page.getByText("Saved", { exact: true })).toBeHidden();
    await expect(page.getByText(RECONNECTING)).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText("Saved", { exact: true })).toBeVisible({ timeout: 20_000 });
    await page.reload();
    await expect(greeting).toHaveValue("Good evening");
  });
});
