import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { SignUp } from "./pages/sign-up";

/** Opens by keyboard, closes with Esc, and expects the focus where it was. */
async function expectFocusBack(page: Page, opener: Locator, opened: Locator, key = "Enter"): Promise<void> {
  await opener.focus();
  await page.keyboard.press(key);
  await expect(opened).toBeVisible();
  await expect(opened.locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(opened).toBeHidden();
  await expect(opener).toBeFocused();
}

test("Esc gives the focus back to what opened a dialog, a sheet, a menu or a menu's dialog", async ({ page, sql }) => {
  await new SignUp(page, sql).register({
    email: `${randomUUID()}@example.com`,
    password: "correct horse 7",
    name: "Anna",
  });
  await page.getByRole("navigation").getByRole("link", { name: "Assistants" }).first().click();
  const create = page.getByRole("button", { name: "New assistant" }).first();
  await expectFocusBack(page, create, page.getByRole("dialog", { name: "New assistant" }));
  // The second time its code is there, and the first field takes the focus in the same breath.
  await expectFocusBack(page, create, page.getByRole("dialog", { name: "New assistant" }));

  const editor = new AssistantEditor(page);
  await editor.create("Kettle shop");
  await editor.openTab("Knowledge");
  await editor.upload("src/modules/knowledge/server/fixtures/warranty-en.pdf");
  const row = editor.document("warranty-en.pdf");
  await expect(row.getByText("Ready")).toBeVisible({ timeout: 20_000 });
  await expectFocusBack(page, row.getByRole("button").first(), page.getByRole("dialog", { name: "warranty-en.pdf" }));

  const menu = row.getByRole("button", { name: "Actions for warranty-en.pdf" });
  await expectFocusBack(page, menu, page.getByRole("menu"));
  for (const moment of ["while its code is fetched", "when it is there"]) {
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    await page.keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
    await page.keyboard.press("Enter");
    const removal = page.getByRole("dialog", { name: /warranty-en\.pdf/ });
    await expect(removal).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(removal).toBeHidden();
    await expect(menu, moment).toBeFocused();
  }

  await expectFocusBack(page, page.getByRole("link", { name: "Knowledge" }), page.getByRole("dialog"), "Control+k");
});
