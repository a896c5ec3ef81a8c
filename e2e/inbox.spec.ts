import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { InboxPage } from "./pages/inbox";
import { SignUp } from "./pages/sign-up";
import { letSomebodyWait } from "./pages/waiting-visitor";

const slugOf = (page: Page) => /\/w\/([^/?]+)/.exec(page.url())?.[1] ?? "";

test("of two operators who take the same dialog one has it, the other reads who; a close can be taken back, and what is put aside returns with the visitor", async ({
  page,
  browser,
  sql,
  telegram,
}) => {
  test.setTimeout(120_000);
  const person = (name: string) => ({ email: `${randomUUID()}@example.com`, password: "correct horse 7", name });
  const [anna, ben] = [person("Anna"), person("Ben")];
  await new SignUp(page, sql).register(anna);
  const slug = slugOf(page);
  await new AssistantEditor(page).create("Kettle shop");
  const bot = telegram.addBot({ name: "Kettle bot" });
  await new AssistantEditor(page).openTab("Channels");
  await page.getByLabel("Bot token").fill(bot.token);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByText("Online", { exact: true }).first()).toBeVisible();

  const context = await browser.newContext({ locale: "en-US" });
  const other = await context.newPage();
  await new SignUp(other, sql).register(ben);
  await sql`insert into workspace_members (workspace_id, user_id, role)
    select w.id, u.id, 'operator' from workspaces w, users u where w.slug = ${slug} and u.email = ${ben.email}`;

  const inboxes = [new InboxPage(page), new InboxPage(other)] as const;
  for (const inbox of inboxes) {
    await inbox.open(slug);
    await expect(inbox.page.getByText("Nobody is waiting")).toBeVisible();
  }
  await bot.visitorSends("Please call a human operator");
  for (const inbox of inboxes) {
    await expect(inbox.rows()).toHaveCount(1, { timeout: 20_000 });
    await expect(inbox.view("Queue")).toContainText("1");
    await inbox.openFirst();
  }

  // The news that one has it may take the button from under the other's pointer.
  await Promise.allSettled(inboxes.map((inbox) => inbox.takeButton.click({ timeout: 5_000 })));
  const isAnnas = page.getByText("You are answering").first();
  const isBens = other.getByText("You are answering").first();
  await expect(isAnnas.or(page.getByText("Operator: Ben").first()).first()).toBeVisible();
  const [winner, loser, name] = (await isAnnas.isVisible())
    ? ([inboxes[0], inboxes[1], "Anna"] as const)
    : ([inboxes[1], inboxes[0], "Ben"] as const);
  await expect(winner.page.getByText("You are answering").first()).toBeVisible();
  await expect(loser.page.getByText(`Operator: ${name}`).first()).toBeVisible();
  await expect(name === "Anna" ? isBens : isAnnas).toBeHidden();

  const sent = bot.sent.length;
  await winner.reply("Good afternoon, I am looking at it");
  const reply = await bot.waitForReply(sent + 1, 20_000);
  expect(reply.text).toContain("Good afternoon, I am looking at it");
  await expect(loser.page.getByText("Good afternoon, I am looking at it").first()).toBeVisible();

  await winner.view("Mine").click();
  await expect(winner.rows()).toHaveCount(1);
  await winner.rows().first().focus();
  await winner.page.keyboard.press("e");
  await expect(winner.rows()).toHaveCount(0);
  await winner.page.getByRole("button", { name: "Undo" }).first().click();
  await expect(winner.rows()).toHaveCount(1);

  await winner.rows().first().click();
  const snoozed = winner.page.getByText(/^Snoozed until/);
  await winner.page.getByRole("textbox", { name: "Reply" }).fill("You will know tomorrow");
  await winner.page.getByRole("button", { name: "More ways to send" }).click();
  await winner.page.getByRole("menuitem", { name: /^Send and snooze/ }).click();
  await expect(snoozed).toBeVisible();
  await expect(winner.rows()).toHaveCount(0);
  expect((await bot.waitForReply(sent + 2, 20_000)).text).toContain("You will know tomorrow");
  await bot.visitorSends("I need it today");
  await expect(winner.rows()).toHaveCount(1);
  await expect(snoozed).toBeHidden();
  for (const inbox of inboxes) await inbox.expectNoReload();
  await context.close();
});

test("on a phone a swipe puts one's own dialog aside, and a tap still opens it", async ({ page, browser, sql }) => {
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Anna",
  });
  const slug = slugOf(page);
  await new AssistantEditor(page).create("Kettle shop");
  const dialogId = await letSomebodyWait(page, sql, "Maria");
  const context = await browser.newContext({
    storageState: await page.context().storageState(),
    viewport: { width: 360, height: 740 },
    locale: "en-US",
    hasTouch: true,
    isMobile: true,
  });
  const phone = await context.newPage();
  const inbox = new InboxPage(phone);
  await phone.goto(`${new URL(page.url()).origin}/w/${slug}/inbox/queue/${dialogId}`);
  await inbox.takeButton.tap();
  await expect(phone.getByText("You are answering")).toBeVisible();
  await phone.goto(`${new URL(page.url()).origin}/w/${slug}/inbox/mine`);
  await expect(inbox.rows()).toHaveCount(1);

  const touch = await context.newCDPSession(phone);
  const swipe = async (byPx: number) => {
    const box = await inbox.rows().first().boundingBox();
    const at = (x: number) => [{ x: 250 + x, y: (box?.y ?? 0) + 5 }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
    for (const part of [0.25, 0.5, 0.75, 1])
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(part * byPx) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  await swipe(-60);
  await expect(inbox.rows()).toHaveCount(1);
  await swipe(-140);
  await expect(inbox.rows()).toHaveCount(0);
  // A tap in the wake of a swipe only ends the browser's own gesture.
  await phone.getByRole("button", { name: "Undo" }).click();
  await expect(inbox.rows()).toHaveCount(1);
  expect(phone.url()).toMatch(/\/inbox\/mine$/);
  await inbox.rows().first().tap();
  await expect(phone.getByRole("textbox", { name: "Reply" })).toBeVisible();
  await context.close();
});
