import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import type { FakeBot } from "./fakes/telegram-bot";
import { AssistantEditor } from "./pages/assistant-editor";
import { Composer } from "./pages/composer";
import { SignUp } from "./pages/sign-up";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const lastLine = (text: string) => text.split("\n").at(-1);

test.describe("an operator answers a visitor in Telegram", () => {
  // Each test begins with a newcomer, an assistant, a bot and its first answer.
  test.describe.configure({ timeout: 120_000 });
  let bot: FakeBot;
  let composer: Composer;

  test.beforeEach(async ({ page, sql, model, telegram, surroundings }) => {
    model.set({ reply: () => "Delivery costs 300 roubles and takes {days}." });
    const email = `${randomUUID()}@example.com`;
    await new SignUp(page, sql).register({ email, password: "correct horse 7", name: "Ben" });
    const slug = new URL(page.url()).pathname.split("/")[2] ?? "";
    await new AssistantEditor(page).create("Kettle shop");
    const assistantId = /assistants\/([^/]+)/.exec(page.url())?.[1];
    bot = telegram.addBot();
    const headers = { origin: surroundings.url };
    const connected = await page.request.post("/api/trpc/bots.connect", {
      headers,
      data: { json: { assistantId, token: bot.token } },
    });
    expect(connected.ok()).toBe(true);
    await bot.visitorSends("How much is delivery?");
    await bot.waitForReply(1, 20_000);
    const [dialog] = await sql<{ id: string }[]>`
      select d.id from dialogs d join workspaces w on w.id = d.workspace_id where w.slug = ${slug} and d.channel = 'telegram'`;
    await page.goto(`/w/${slug}/inbox/all/${dialog?.id}`);
    composer = new Composer(page);
    await expect(composer.reply).toBeVisible({ timeout: 30_000 });
  });

  test("takes over and sends in one step, with a saved reply whose gaps are filled first", async ({
    page,
    surroundings,
  }) => {
    const saved = { shortcut: "order", title: "Order", text: "Order {order} is on its way, {visitor}." };
    const headers = { origin: surroundings.url };
    await page.request.post("/api/trpc/replies.create", { headers, data: { json: saved } });
    await composer.reply.press("/");
    await composer.reply.pressSequentially("ord");
    await expect(page.getByRole("option", { name: /order/i })).toHaveAttribute("aria-selected", "true");
    await composer.reply.press("Enter");
    await expect(composer.reply).toHaveValue(/^Order \{order\} is on its way, /);
    await composer.reply.press("Enter");
    await expect(page.getByText("Fill in {order} before sending")).toBeVisible();
    await page.keyboard.type("1841");
    await expect(page.getByRole("button", { name: "Take over and send" })).toBeEnabled();
    await composer.reply.press("Enter");
    await bot.until(() => bot.sent.some(({ text }) => text.includes("Order 1841 is on its way")));
    await expect(page.getByRole("button", { name: "Send", exact: true })).toBeVisible();
  });

  test("loses nothing of five messages while the connection is gone, nor in a reload", async ({ page, context }) => {
    await composer.send("Hello");
    await bot.until(() => bot.sent.some(({ text }) => lastLine(text) === "Hello"));
    const before = bot.sent.length;
    const five = [1, 2, 3, 4, 5].map((n) => `While away ${n}`);
    await context.setOffline(true);
    for (const text of five) await composer.send(text);
    await expect(composer.underway).toContainText("While away 5");
    await context.setOffline(false);
    await expect(composer.underway).toBeHidden();
    await bot.until(() => bot.sent.length >= before + 5, 20_000);
    expect(bot.sent.slice(before).map(({ text }) => lastLine(text))).toEqual(five);

    await page.route("**/api/trpc/dialogs.reply*", (route) => route.abort());
    await composer.send("Kept through a reload");
    await page.unroute("**/api/trpc/dialogs.reply*");
    await page.goto(page.url().replace(/\/inbox.*/, "/assistants"));
    await bot.until(() => bot.sent.length >= before + 6, 20_000);
    expect(bot.sent.filter(({ text }) => text.includes("Kept through a reload"))).toHaveLength(1);
  });

  test("sends a picture with its words, and finds the unfinished rest on another device", async ({ page, browser }) => {
    await composer.pick("parcel.png", PNG);
    await composer.send("Here it is");
    await bot.until(() => bot.sent.some(({ file }) => file !== null));
    const photo = bot.sent.find(({ file }) => file !== null);
    expect([photo?.file?.name, lastLine(photo?.text ?? "")]).toEqual(["parcel.png", "Here it is"]);
    await expect(composer.underway).toBeHidden();
    await expect(page.getByText("Here it is", { exact: true }).last()).toBeVisible();

    const saved = page.waitForResponse((response) => response.url().includes("replies.saveDraft"));
    await composer.reply.fill("Half a sentence");
    await saved;
    const other = await browser.newContext({ storageState: { cookies: await page.context().cookies(), origins: [] } });
    const tablet = await other.newPage();
    await tablet.goto(page.url());
    await expect(new Composer(tablet).reply).toHaveValue("Half a sentence", { timeout: 30_000 });
    await other.close();
  });

  test("gets a draft of the assistant above the box, and it never replaces what was typed", async ({ page }) => {
    await composer.reply.fill("Dear Anna. ");
    await composer.reply.press("ControlOrMeta+j");
    const draft = page.getByRole("region", { name: /AI draft/ });
    await expect(draft).toContainText("Delivery costs 300 roubles");
    await expect(composer.reply).toHaveValue("Dear Anna. ");
    await expect(draft.getByRole("button", { name: /Insert/ })).toBeEnabled();
    await composer.reply.press("Tab");
    await expect(composer.reply).toHaveValue("Dear Anna. Delivery costs 300 roubles and takes {days}.");
    await composer.reply.press("Enter");
    await expect(page.getByText("Fill in {days} before sending")).toBeVisible();
    expect(bot.sent.some(({ text }) => text.includes("Dear Anna"))).toBe(false);
  });
});
