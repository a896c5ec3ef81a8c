import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import { SignUp } from "./pages/sign-up";

test("a signed-out visitor is led to the sign-in page and back to where they wanted to go", async ({
  page,
  surroundings,
}) => {
  await page.goto("/w/demo/assistants");
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel("E-mail").fill(surroundings.demoEmail);
  await page.getByLabel("Password", { exact: true }).fill(surroundings.demoPassword);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/w\/demo\/assistants$/);
});

test("another workspace does not exist for a stranger", async ({ page, sql }) => {
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Eve",
  });
  await page.goto("/w/demo");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/not found/i);
  const [foreign] = await sql<
    { id: string }[]
  >`select a.id from assistants a join workspaces w on w.id = a.workspace_id where w.slug = 'demo' limit 1`;
  const response = await page.request.get(
    `/api/trpc/assistants.get?input=${encodeURIComponent(JSON.stringify({ json: { id: foreign?.id } }))}`,
  );
  expect(response.status()).toBe(404);
});

test("a password forgotten is a password replaced, and the link works once", async ({ page, sql, browser }) => {
  const email = `${randomUUID()}@example.com`;
  await new SignUp(page, sql).register({ email, password: "correct horse 7", name: "Olga" });
  const other = await browser.newPage();
  await other.goto("/forgot");
  await other.getByLabel("E-mail").fill(email);
  await other.getByRole("button", { name: "Send link" }).click();
  await expect(other.getByRole("heading", { name: "Check your mail" })).toBeVisible();
  const [letter] = await sql<
    { url: string }[]
  >`select payload ->> 'url' as url from emails where to_address = ${email} and kind = 'reset-password'`;
  await other.goto(letter?.url ?? "");
  await other.getByLabel("New password", { exact: true }).fill("another horse 8");
  await other.getByRole("button", { name: "Save password" }).click();
  await expect(other.getByText("Password changed")).toBeVisible();
  await other.goto(letter?.url ?? "");
  await expect(other.getByText("This link no longer works")).toBeVisible();
  // Every other sign-in ended with the old password.
  await page.goto("/account/security");
  await expect(page).toHaveURL(/\/login/);
  await other.close();
});

test("an invited colleague joins with the role of the invitation and sees no money or settings of owners", async ({
  page,
  sql,
  browser,
}) => {
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Owner",
  });
  await page.getByRole("navigation").getByRole("link", { name: "Team" }).first().click();
  await page.getByRole("button", { name: "Invite" }).first().click();
  const invited = `${randomUUID()}@example.com`;
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(invited);
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText(invited, { exact: true })).toBeVisible();
  await expect(async () => {
    const [row] = await sql`select 1 from emails where to_address = ${invited}`;
    expect(row).toBeDefined();
  }).toPass();
  const [letter] = await sql<
    { url: string }[]
  >`select payload ->> 'url' as url from emails where to_address = ${invited}`;
  const colleague = await browser.newPage();
  await colleague.goto(letter?.url ?? "");
  await colleague.getByLabel("Password", { exact: true }).fill("operator pass 9");
  await colleague
    .getByRole("button", { name: /join|create/i })
    .first()
    .click();
  await colleague.waitForURL(/\/w\//);
  await expect(colleague.getByRole("navigation").getByRole("link", { name: "Dialogs" }).first()).toBeVisible();
  await colleague.close();
});
