import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "./fixtures";
import type { FakeBot } from "./fakes/telegram-bot";
import { AssistantEditor } from "./pages/assistant-editor";
import { Composer } from "./pages/composer";
import { SignUp } from "./pages/sign-up";
import { timeToText } from "./pages/time-to-text";

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
  let slug: string;

  test.beforeEach(async ({ page, sql, model, telegram, surroundings }) => {
    model.set({ reply: () => "Delivery costs 300 roubles and takes {days}." });
    const email = `${randomUUID()}@example.com`;
    await new SignUp(page, sql).register({ email, password: "correct horse 7", name: "Ben" });
    slug = new URL(page.url()).pathname.split("/")[2] ?? "";
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

  test("sends five messages of a lost connection in order within a second, and those of a reload without one", async ({
    page,
    context,
  }) => {
    await composer.send("Hello");
    await bot.until(() => bot.sent.some(({ text }) => lastLine(text) === "Hello"));
    await expect(composer.underway).toBeHidden();
    await page.evaluate(() => document.body.setAttribute("data-marked", ""));
    const tookMs: number[] = [];
    // A machine that does something else meanwhile gets another chance; order and number are never a matter of chance.
    for (let round = 1; round <= 3 && (tookMs.at(-1) ?? Infinity) >= 1_000; round += 1) {
      const before = bot.sent.length;
      const five = [1, 2, 3, 4, 5].map((n) => `Round ${round}, message ${n}`);
      await context.setOffline(true);
      for (const text of five) await composer.send(text);
      await expect(composer.underway.getByText(/^Round/)).toHaveText(five);
      const took = await timeToText(page, five.at(-1) ?? "", async () => {
        await context.setOffline(false);
        await expect(composer.underway).toBeHidden();
        await expect(composer.thread.getByText(new RegExp(`^Round ${round}, message \\d$`))).toHaveText(five);
      });
      tookMs.push(took);
      await bot.until(() => bot.sent.length >= before + 5, 20_000);
      expect(bot.sent.slice(before).map(({ text }) => lastLine(text))).toEqual(five);
    }
    expect(Math.min(...tookMs)).toBeLessThan(1_000);
    await expect(page.locator("body[data-marked]")).toHaveCount(1);

    const before = bot.sent.length;
    const elsewhere = page.url().replace(/\/inbox.*/, "/assistants");
    await context.setOffline(true);
    const kept = ["Kept through a reload 1", "Kept through a reload 2"];
    for (const text of kept) await composer.send(text);
    await expect(page.reload()).rejects.toThrow("ERR_INTERNET_DISCONNECTED");
    await context.setOffline(false);
    // Another page of the workspace sends them, too.
    await page.goto(elsewhere);
    await bot.until(() => bot.sent.length >= before + 2, 20_000);
    expect(bot.sent.slice(before).map(({ text }) => lastLine(text))).toEqual(kept);
  });

  test("is heard in Telegram within a second, from the bot that the visitor wrote to, and follows what is written", async ({
    page,
    telegram,
    sql,
    surroundings,
  }) => {
    const headers = { origin: surroundings.url };
    const create = { headers, data: { json: { name: "Teapot shop" } } };
    const created: unknown = await (await page.request.post("/api/trpc/assistants.create", create)).json();
    const other = telegram.addBot();
    const data = { json: { assistantId: /"id":"([^"]+)"/.exec(JSON.stringify(created))?.[1], token: other.token } };
    expect((await page.request.post("/api/trpc/bots.connect", { headers, data })).ok()).toBe(true);
    await other.visitorSends("How much is delivery?");
    await other.waitForReply(1, 20_000);
    const dialogOf = async (name: string) => {
      const [row] = await sql<{ id: string }[]>`select d.id from dialogs d join assistants a on a.id = d.assistant_id
        join workspaces w on w.id = d.workspace_id where w.slug = ${slug} and a.name = ${name}`;
      return row?.id ?? "";
    };
    for (const [name, own, foreign] of [
      ["Teapot shop", other, bot],
      ["Kettle shop", bot, other],
    ] as const) {
      await page.goto(`/w/${slug}/inbox/all/${await dialogOf(name)}`);
      await page.getByRole("button", { name: "Take over", exact: true }).click();
      await expect(page.getByText("You are answering").first()).toBeVisible();
      const [count, foreignCount] = [own.sent.length, foreign.sent.length];
      await composer.reply.fill(`Greetings from the ${name}`);
      const pressedAtMs = Date.now();
      await composer.reply.press("Enter");
      const isReply = ({ text }: { text: string }) => lastLine(text) === `Greetings from the ${name}`;
      await own.until(() => own.sent.slice(count).some(isReply));
      expect((own.sent.find(isReply)?.sentAtMs ?? Infinity) - pressedAtMs).toBeLessThan(1_000);
      expect(foreign.sent.slice(foreignCount)).toEqual([]);
    }

    await bot.visitorSends(Array.from({ length: 80 }, (_, line) => `Line ${line}`).join("\n"));
    await expect(composer.thread.getByText("Line 79")).toBeInViewport();
    await composer.thread.focus();
    await page.keyboard.press("Home");
    await expect(page.getByRole("button", { name: "To the end" })).toBeVisible();
    await bot.visitorSends("And one more thing");
    await bot.visitorSends("Or two");
    const fresh = page.getByRole("button", { name: "2 new" });
    await expect(fresh).toBeVisible();
    await expect(composer.thread.getByText("Or two")).not.toBeInViewport();
    await fresh.click();
    await expect(composer.thread.getByText("Or two")).toBeInViewport();
    await expect(fresh).toBeHidden();
  });

  test("sends a picture with its words, and finds the unfinished rest on another device", async ({ page, browser }) => {
    // Whoever presses Enter while the file is on its way need not press it again.
    await page.route("**/api/attachments", async (route) => {
      await delay(1_000);
      await route.continue();
    });
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
