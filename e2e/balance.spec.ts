import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { Balance, Staff } from "./pages/balance";
import { SignUp } from "./pages/sign-up";

const MICROS = 1_000_000;

test("an answer costs what its receipt says; without money it is refused politely until there is some again", async ({
  page,
  browser,
  sql,
  model,
  surroundings,
}) => {
  model.set({ reply: () => "We are open from nine." });
  const email = `${randomUUID()}@example.com`;
  await new SignUp(page, sql).register({ email, password: "correct horse 7", name: "Anna" });
  const balance = new Balance(page);
  await expect(balance.badge("₽250, ≈ 50 answers")).toBeVisible();
  const notice = page.getByRole("region", { name: "Welcome bonus" });
  await expect(notice.getByText("₽250 credited, about 50 answers")).toBeVisible();
  await notice.getByRole("button", { name: "Got it" }).click();
  await expect(notice).toBeHidden();
  await page.reload();
  await expect(balance.badge("₽250, ≈ 50 answers")).toBeVisible();
  await expect(notice).toBeHidden();

  const editor = new AssistantEditor(page);
  await editor.create("Tea shop");
  await editor.openTab("Playground");
  await expect(page.getByText("An answer costs ₽5")).toBeVisible();
  await editor.ask("When are you open?");
  await expect(editor.conversation.getByText("We are open from nine.")).toBeVisible();
  await expect(balance.badge("₽245, ≈ 49 answers")).toBeVisible({ timeout: 10_000 });
  await editor.conversation.getByRole("link", { name: "Cost ₽5" }).click();

  await page.waitForURL(/\/balance\?search=/);
  await expect(balance.row("Answer")).toContainText("\u2212₽5.00");
  await expect(balance.row("Welcome bonus")).toBeHidden();
  await page.getByRole("button", { name: "Reset filters" }).click();
  await expect(balance.row("Welcome bonus")).toContainText("+₽250.00");
  const from = page.getByRole("main").getByLabel("From");
  await from.focus();
  await page.keyboard.type("02022026", { delay: 50 });
  await expect(from).toHaveValue("2026-02-02");
  await page.waitForURL(/from=2026-02-02/);
  await expect(balance.row("Welcome bonus")).toBeVisible();
  await balance.row("Answer").getByRole("button").click();
  const receipt = page.getByRole("dialog", { name: "Receipt" });
  await expect(receipt.getByText("Answer in the playground")).toBeVisible();
  await expect(receipt.getByText("₽5.00", { exact: true })).toBeVisible();
  await receipt.getByRole("link", { name: "Open the dialog" }).click();
  await expect(page.getByRole("link", { name: "Cost ₽5" })).toBeVisible();

  const [workspace] = await sql<{ id: string }[]>`
    select m.workspace_id as id from workspace_members m join users u on u.id = m.user_id where u.email = ${email}`;
  const staff = await Staff.signUp(await browser.newContext(), sql, surroundings.url);
  await staff.adjust(workspace?.id ?? "", -245 * MICROS);
  await expect(balance.badge("₽0, Assistants paused")).toBeVisible();
  await expect(page.getByText("Assistants are paused: the balance is used up").first()).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Assistants" }).first().click();
  await page.getByRole("main").getByRole("link", { name: "Tea shop" }).click();
  await editor.openTab("Playground");
  await editor.ask("And on Sunday?");
  await expect(page.getByText("The balance does not pay for an answer, which costs ₽5")).toBeVisible();

  await staff.adjust(workspace?.id ?? "", 10 * MICROS);
  await expect(balance.badge("₽10, ≈ 2 answers")).toBeVisible();
  await page.getByRole("button", { name: "Ask again" }).click();
  await expect(editor.conversation.getByText("We are open from nine.")).toHaveCount(2);
  await expect(balance.badge("₽5, ≈ 1 answer")).toBeVisible({ timeout: 10_000 });
});
