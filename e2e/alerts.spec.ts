import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { SignUp } from "./pages/sign-up";
import { letSomebodyWait } from "./pages/waiting-visitor";

declare global {
  interface Window {
    heard: Heard;
  }
}

type Heard = { notes: number; shown: { title: string; body: string; click: () => void }[] };

/** The browser's own sounds and notifications, written down instead of made. */
async function writeDownCalls(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const heard: Heard = { notes: 0, shown: [] };
    window.heard = heard;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      heard.notes += 1;
      start.call(this, when);
    };
    class Written {
      static permission = "granted";
      static requestPermission = async () => "granted";
      onclick = () => undefined;
      close = () => undefined;
      constructor(title: string, { body }: { body: string }) {
        heard.shown.push({ title, body, click: () => this.onclick() });
      }
    }
    Object.assign(window, { Notification: Written });
    document.hasFocus = () => false;
  });
}

const heardIn = (page: Page) =>
  page.evaluate(() => {
    const { notes, shown } = window.heard;
    return { notes, shown: shown.map(({ title, body }) => `${title}: ${body}`) };
  });
const heardInAll = async (pages: Page[]) => {
  const all = await Promise.all(pages.map(heardIn));
  return { notes: all.reduce((sum, { notes }) => sum + notes, 0), shown: all.flatMap(({ shown }) => shown) };
};

test("a person is called once, whatever number of tabs is open, and comes, goes and leaves as they say", async ({
  page,
  context,
  sql,
}) => {
  test.setTimeout(120_000);
  await writeDownCalls(context);
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Anna",
  });
  await new AssistantEditor(page).create("Kettle shop");
  const home = page.url().replace(/\/assistants.*/, "");

  await test.step("chooses notifications of the system", async () => {
    await page.goto("/account/notifications");
    await page.getByRole("switch", { name: "Desktop notifications" }).click();
    await expect(page.getByRole("switch", { name: "Show the visitor’s words" })).toBeEnabled();
  });

  const missing: string[] = [];
  context.on("console", (line) => line.text().includes("MISSING_MESSAGE") && missing.push(line.text()));
  const second = await context.newPage();
  const tabs = [page, second];
  for (const tab of tabs) {
    const live = tab.waitForResponse((response) => response.url().includes("realtime.events"));
    await tab.goto(`${home}/inbox`);
    await live;
    // The browser lets a page be heard once it was touched.
    await expect(tab.getByRole("button", { name: "Enable sound" })).toBeVisible();
    await tab.getByRole("heading", { level: 1 }).click();
  }
  await expect(page.getByRole("button", { name: "Enable sound" })).toHaveCount(0);

  const dialogId = await letSomebodyWait(page, sql, "Maria");
  for (const tab of tabs) await expect(tab).toHaveTitle(/^\(1\) /);
  await expect
    .poll(() => heardInAll(tabs))
    .toEqual({ notes: 2, shown: ["Maria: Passed on by hand. Waiting less than a minute"] });
  await expect(page.locator('link[rel~="icon"][href^="data:image/svg"]')).toHaveCount(1);

  await test.step("a notification leads to the dialog", async () => {
    for (const tab of tabs) {
      await tab.evaluate(() => window.heard.shown.forEach(({ click }) => click()));
    }
    const led = () => tabs.some((tab) => tab.url().endsWith(`/inbox/queue/${dialogId}`));
    await expect.poll(led).toBe(true);
  });

  await test.step("who is away by choice hears nothing of the queue", async () => {
    await page.goto(`${home}/dialogs`);
    await page.getByRole("button", { name: /^Online/ }).click();
    await page.getByRole("radio", { name: /^Away/ }).click();
    await expect(page.getByRole("button", { name: /^Away/ })).toBeVisible();
    await expect(second.getByRole("button", { name: /^Away/ })).toBeVisible();
    const before = await heardInAll(tabs);
    await letSomebodyWait(page, sql, "Ivan");
    for (const tab of tabs) await expect(tab).toHaveTitle(/^\(2\) /);
    expect((await heardInAll(tabs)).notes).toBe(before.notes);
  });

  await test.step("going offline asks what becomes of the own dialogs", async () => {
    await page.getByRole("radio", { name: /^Online/ }).click();
    await page.keyboard.press("Escape");
    // The other tab hears it from the server, which then lets dialogs be taken.
    await expect(second.getByRole("button", { name: /^Online/ })).toBeVisible();
    const taken = await page.request.post("/api/trpc/handoff.take", {
      headers: { origin: new URL(home).origin, "x-workspace-id": home.split("/").at(-1) ?? "" },
      data: { json: { dialogId } },
    });
    expect(taken.status()).toBe(200);
    const menu = page.getByRole("button", { name: /Dialogs now: 1 of 8/ });
    await menu.click();
    await page.getByRole("radio", { name: /^Offline/ }).click();
    const question = page.getByRole("dialog", { name: "You have 1 dialog" });
    await expect(question.getByRole("radio", { name: /Return to the assistant/ })).toBeChecked();
    await question.getByRole("button", { name: "Go offline" }).click();
    await expect(page.getByRole("button", { name: /^Offline.*Dialogs now: 0 of 8/ })).toBeVisible();
    const [row] = await sql<{ status: string }[]>`select handoff_status as status from dialogs where id = ${dialogId}`;
    expect(row?.status).toBe("none");
  });
  expect(missing).toEqual([]);
});
