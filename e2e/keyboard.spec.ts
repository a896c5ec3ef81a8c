import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { Composer } from "./pages/composer";
import { InboxPage } from "./pages/inbox";
import { Keys } from "./pages/keys";
import { SignUp } from "./pages/sign-up";
import { letSomebodyWait } from "./pages/waiting-visitor";

test.use({ viewport: { width: 1440, height: 900 } });

test("an operator reaches every action of the inbox without a mouse", async ({ page, browser, surroundings, sql }) => {
  test.setTimeout(120_000);
  const password = "correct horse 7";
  await new SignUp(page, sql).register({ email: `${randomUUID()}@example.com`, password, name: "Anna" });
  await new AssistantEditor(page).create("Kettle shop");
  const slug = /\/w\/([^/]+)/.exec(page.url())?.[1] ?? "";
  const [maria] = [await letSomebodyWait(page, sql, "Maria"), await letSomebodyWait(page, sql, "Ivan")];
  const saved = { shortcut: "hello", title: "Greeting", text: "Good day, {visitor}!" };
  const headers = { origin: surroundings.url };
  await page.request.post("/api/trpc/replies.create", { headers, data: { json: saved } });

  const context = await browser.newContext({ baseURL: surroundings.url, locale: "en-US" });
  const his = await context.newPage();
  const email = `${randomUUID()}@example.com`;
  await new SignUp(his, sql).register({ email, password, name: "Ben" });
  await sql`insert into workspace_members (workspace_id, user_id, role)
    select w.id, u.id, 'operator' from workspaces w, users u where w.slug = ${slug} and u.email = ${email}`;
  await new InboxPage(his).open(slug);
  await expect(his.getByRole("button", { name: /^Online/ })).toBeVisible();

  const keys = new Keys(page);
  const composer = new Composer(page);
  const inbox = new InboxPage(page);
  const dialog = page.getByRole("region", { name: "Maria" });
  const row = (name: string) => inbox.rows().filter({ hasText: name });

  await test.step("goes to the queue, opens who waits longest, and takes the dialog", async () => {
    await keys.press("g", "i");
    await expect(row("Maria")).toBeVisible();
    await keys.press("j");
    await expect(row("Maria")).toBeFocused();
    await keys.press("Enter");
    await expect(dialog.getByRole("button", { name: "Take over", exact: true })).toBeVisible();
    await keys.press("t");
    await expect(dialog.getByText("You are answering")).toBeVisible();
  });

  await test.step("answers, with a saved reply and with own words", async () => {
    await keys.press("r");
    await expect(composer.reply).toBeFocused();
    await keys.type("/hel");
    await expect(page.getByRole("option", { name: /hello/i })).toBeVisible();
    await keys.press("Enter");
    await expect(composer.reply).toHaveValue("Good day, Maria!");
    await keys.press("Enter");
    await keys.type("What can I do for you?");
    await keys.press("Enter");
    await expect(dialog.getByText("What can I do for you?", { exact: true })).toBeVisible();
    await expect(dialog.getByText("Good day, Maria!", { exact: true })).toBeVisible();
  });

  await test.step("writes a note to a colleague", async () => {
    await keys.press("Escape", "n");
    await expect(composer.note).toBeFocused();
    await keys.type("@Be");
    await expect(page.getByRole("option", { name: "Ben" })).toBeVisible();
    await keys.press("Enter");
    await keys.type("she is a regular");
    await keys.press("Enter");
    await expect(dialog.getByText(/Ben.*she is a regular/).first()).toBeVisible();
    await expect(
      his
        .getByRole("link", { name: /^Mentions, 1/ })
        .or(his.getByRole("button", { name: "More" }))
        .first(),
    ).toBeVisible();
  });

  await test.step("tags it", async () => {
    await keys.press("Escape", "l");
    await expect(page.getByRole("dialog", { name: "Tag the dialog" })).toBeVisible();
    await keys.type("vip");
    await keys.press("Enter");
    await expect(page.getByRole("button", { name: "Remove the tag vip" })).toBeVisible();
  });

  await test.step("puts it aside until later, and brings it back", async () => {
    await keys.press("s");
    const question = page.getByRole("dialog", { name: "Snooze the dialog" });
    await keys.tabTo(question.getByRole("button", { name: /^Tomorrow morning/ }));
    await keys.press("Enter");
    await expect(dialog.getByText(/^Snoozed until .*9:00/)).toBeVisible();
    await expect(page.getByRole("link", { name: "Mine", exact: true })).toBeVisible();
    await keys.tabTo(dialog.getByRole("button", { name: "Wake up now" }));
    await keys.press("Enter");
    await expect(dialog.getByText(/^Snoozed until/)).toBeHidden();
  });

  await test.step("makes the list wider, and finds it so again", async () => {
    const edge = page.getByRole("separator", { name: "Width of the list" });
    const width = async () => (await page.getByRole("list", { name: "Dialogs" }).boundingBox())?.width ?? 0;
    const before = await width();
    await keys.tabTo(edge);
    await keys.press("ArrowRight", "ArrowRight");
    await expect(edge).toHaveAttribute("aria-valuenow", "360");
    expect(Math.round((await width()) - before)).toBe(40);
    await page.reload();
    await expect(dialog.getByText("You are answering")).toBeVisible();
    expect(Math.round((await width()) - before)).toBe(40);
  });

  await test.step("hands it to a colleague and takes it back", async () => {
    const people = page.getByRole("dialog", { name: "Assign the dialog" });
    await keys.press("a");
    await keys.tabTo(people.getByRole("button", { name: /Ben/ }));
    await keys.press("Enter");
    await expect(dialog.getByText("Operator: Ben")).toBeVisible();
    await keys.press("a");
    await keys.tabTo(people.getByRole("button", { name: /Anna/ }));
    await keys.press("Enter");
    await expect(dialog.getByText("You are answering")).toBeVisible();
  });

  await test.step("gives it back to the assistant with the summary, and goes on with the next", async () => {
    await keys.press("b");
    const question = page.getByRole("dialog", { name: "Return to the assistant" });
    await expect(question.getByRole("textbox")).toHaveValue(/What can I do for you\?/);
    await keys.tabTo(question.getByRole("button", { name: "Return to the assistant" }));
    await keys.press("Enter");
    await keys.press("j");
    await expect(row("Ivan")).toBeFocused();
    await keys.press("Enter", "t");
    const ivan = page.getByRole("region", { name: "Ivan" });
    await expect(ivan.getByText("You are answering")).toBeVisible();
    await keys.tabTo(page.getByRole("button", { name: "Solved", exact: true }));
    await keys.press("Enter");
    await expect(ivan.getByText("Closed", { exact: true }).first()).toBeVisible();
    const endOf = async () => {
      const [end] = await sql<{ handoff_status: string; ended: string | null }[]>`
        select m.handoff_status, i.resolution as ended from dialogs m, dialogs i where m.id = ${maria}
          and i.workspace_id = m.workspace_id and i.visitor_name = 'Ivan'`;
      return end;
    };
    await expect.poll(endOf).toEqual({ handoff_status: "none", ended: "solved" });
  });
  await context.close();
});
