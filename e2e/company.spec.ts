import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { SignUp } from "./pages/sign-up";
import { letSomebodyWait } from "./pages/waiting-visitor";

test("two operators in one dialog see each other look and type, until one of them is let go", async ({
  page,
  browser,
  surroundings,
  sql,
}) => {
  test.setTimeout(120_000);
  const password = "correct horse 7";
  await new SignUp(page, sql).register({ email: `${randomUUID()}@example.com`, password, name: "Anna" });
  await new AssistantEditor(page).create("Kettle shop");
  const home = page.url().replace(/\/assistants.*/, "");
  const slug = home.split("/").at(-1) ?? "";
  const dialogId = await letSomebodyWait(page, sql, "Maria");

  const context = await browser.newContext({ baseURL: surroundings.url, locale: "en-US" });
  const his = await context.newPage();
  const email = `${randomUUID()}@example.com`;
  await new SignUp(his, sql).register({ email, password, name: "Ben" });
  await sql`insert into workspace_members (workspace_id, user_id, role)
    select w.id, u.id, 'operator' from workspaces w, users u where w.slug = ${slug} and u.email = ${email}`;

  const open = (of: Page) => of.getByRole("region", { name: "Maria" });
  const address = `${home}/inbox/queue/${dialogId}`;
  await page.goto(address);
  await expect(open(page).getByRole("textbox")).toBeVisible();
  await his.goto(address);

  await test.step("who comes later sees who is here, and is seen", async () => {
    await expect(open(page).getByText("Ben is looking")).toBeVisible();
    // Whoever's stream is not open yet when the others greet hears of them with their next word.
    await expect(open(his).getByText("Anna is looking")).toBeVisible({ timeout: 20_000 });
    await expect(open(page).getByText("Anna is looking")).toHaveCount(0);
  });

  await test.step("typing shows at once and ends by itself", async () => {
    await open(his).getByRole("textbox").first().pressSequentially("Good day");
    await expect(open(page).getByText("Ben is typing a reply")).toBeVisible();
    await expect(open(page).getByText("Ben is typing a reply")).toBeHidden({ timeout: 15_000 });
  });

  await test.step("who leaves the dialog is not seen in it any more", async () => {
    await his.getByRole("link", { name: "Overview" }).first().click();
    await expect(open(page).getByText("Ben is looking")).toBeHidden();
  });

  await test.step("a member who is removed is led away at once", async () => {
    await sql`delete from workspace_members where user_id = (select id from users where email = ${email})
      and workspace_id = (select id from workspaces where slug = ${slug})`;
    await expect(his.getByRole("heading", { level: 1 })).toHaveText(/not found/i);
  });
  await context.close();
});
