import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { SignUp } from "./pages/sign-up";

test.use({ viewport: { width: 1440, height: 900 } });

/** Lets no script of the app reach the page until `release`. */
async function holdScripts(page: Page): Promise<{ release: () => void }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(/_next\/static\/.*\.js/, async (route) => {
    await promise;
    await route.continue();
  });
  return { release: resolve };
}

/** Lets the scripts come, and waits until the page takes presses. */
async function wakeUp(page: Page, release: () => void): Promise<void> {
  release();
  await page.unrouteAll({ behavior: "wait" });
  await expect(page.locator("[inert], [data-awaited]")).toHaveCount(0);
}

test("a page can be read while its code is on the way, and takes presses once it is there", async ({
  page,
  sql,
  model,
}) => {
  model.set({ reply: () => "The kettle holds **1.7 litres**." });
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Anna",
  });
  const editor = new AssistantEditor(page);
  await editor.create("Kettle shop");
  const greeting = page.getByLabel("Greeting");
  await greeting.fill("Good day! What is it about?");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await editor.openTab("Playground");
  const playground = page.url();
  const workspace = playground.replace(/\/assistants.*/, "");

  await test.step("the playground greets before anything was asked", async () => {
    const { release } = await holdScripts(page);
    await page.goto(playground, { waitUntil: "commit" });
    await expect(page.getByText("Good day! What is it about?")).toBeVisible();
    release();
    await page.unrouteAll({ behavior: "wait" });
  });

  const answered = page.waitForResponse((response) => response.url().endsWith("/api/chat"));
  await editor.ask("How much does it hold?");
  await expect(editor.conversation.getByText("1.7 litres")).toBeVisible();
  const dialogId = (await answered).headers()["x-dialog-id"] ?? "";

  await test.step("it does not greet again over a talk that it remembers", async () => {
    const { release } = await holdScripts(page);
    await page.goto(playground, { waitUntil: "commit" });
    await expect(page.getByRole("heading", { name: "Playground" })).toBeVisible();
    await expect(page.getByText("Good day! What is it about?")).toBeHidden();
    release();
    await page.unrouteAll({ behavior: "wait" });
    await expect(editor.conversation.getByText("1.7 litres")).toBeVisible();
  });

  for (const path of [`/dialogs/${dialogId}`, `/inbox/all/${dialogId}`]) {
    await test.step(`the conversation at ${path.split("/")[1]}`, async () => {
      const { release } = await holdScripts(page);
      await page.goto(workspace + path, { waitUntil: "commit" });
      const thread = page.getByRole("log", { name: "Transcript" });
      await expect(page.locator("[inert]").getByText("How much does it hold?")).toBeVisible();
      // As it will stand there, and not as its source.
      await expect(page.locator("[inert] strong", { hasText: "1.7 litres" })).toBeVisible();
      const before = await page.locator("[inert] strong").boundingBox();
      await wakeUp(page, release);
      expect(await thread.locator("strong").boundingBox()).toEqual(before);
      await thread.getByRole("button", { name: "Why this answer" }).click();
      await expect(page.getByRole("dialog", { name: "Why this answer" })).toBeVisible();
    });
  }
});

test("a long conversation is drawn at its end or at what is unread, with and without its code", async ({
  page,
  sql,
  model,
}) => {
  model.set({ reply: () => "Noted." });
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Anna",
  });
  const editor = new AssistantEditor(page);
  await editor.create("Kettle shop");
  await editor.openTab("Playground");
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/chat"));
  await editor.ask("First question");
  await expect(editor.conversation.getByText("Noted.")).toBeVisible();
  const dialogId = (await answered).headers()["x-dialog-id"] ?? "";
  await sql`
    with counted as (update dialogs set message_seq = message_seq + 120 where id = ${dialogId} returning id, workspace_id, message_seq)
    insert into messages (id, workspace_id, dialog_id, seq, author, client_id, text)
    select gen_random_uuid(), workspace_id, id, message_seq - 120 + n, 'visitor', 'line:' || n, 'Line ' || n || repeat(' of words', n % 40)
    from counted, generate_series(1, 120) as n`;
  const conversation = page.url().replace(/\/assistants.*/, `/inbox/all/${dialogId}`);
  const line = (n: number) => page.getByText(new RegExp(`^Line ${n}\\b`));

  await test.step("the end, where everything is read", async () => {
    const { release } = await holdScripts(page);
    await page.goto(conversation, { waitUntil: "commit" });
    await expect(line(120)).toBeInViewport();
    await expect(line(1)).toHaveCount(0);
    await wakeUp(page, release);
    await expect(line(120)).toBeInViewport();
    await page.getByRole("log", { name: "Transcript" }).hover();
    await page.mouse.wheel(0, -50_000);
    await expect(line(120)).not.toBeInViewport();
  });

  await test.step("the first unread one, where some are not", async () => {
    await sql`update dialogs set unread_count = 40 where id = ${dialogId}`;
    const { release } = await holdScripts(page);
    await page.goto(conversation, { waitUntil: "commit" });
    await expect(line(81)).toBeInViewport();
    await expect(line(120)).not.toBeInViewport();
    const before = await line(81).boundingBox();
    await wakeUp(page, release);
    await expect(line(81)).toBeInViewport();
    await expect(line(120)).not.toBeInViewport();
    expect(await line(81).boundingBox()).toEqual(before);
  });
});
