import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures";

/** The page that operators work in. */
export class InboxPage {
  constructor(readonly page: Page) {}

  async open(workspaceSlug: string): Promise<void> {
    await this.page.goto(`/w/${workspaceSlug}/inbox`);
    await expect(this.view("Queue")).toHaveAttribute("aria-current", "page");
    // A reload would be seen: what appears from here on came by itself.
    await this.page.evaluate(() => document.body.setAttribute("data-marked", ""));
  }

  view(name: "Queue" | "Mine" | "All"): Locator {
    return this.page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: new RegExp(`^${name}`) });
  }

  rows(): Locator {
    return this.page.getByRole("list", { name: "Dialogs" }).getByRole("link");
  }

  get takeButton(): Locator {
    return this.page.getByRole("button", { name: "Take over", exact: true });
  }

  async openFirst(): Promise<void> {
    await this.rows().first().click();
    await expect(this.takeButton).toBeVisible();
  }

  async reply(text: string): Promise<void> {
    const box = this.page.getByRole("textbox", { name: "Reply" });
    await box.fill(text);
    await box.press("Enter");
    await expect(this.page.getByText(text).first()).toBeVisible();
  }

  async expectNoReload(): Promise<void> {
    await expect(this.page.locator("body[data-marked]")).toHaveCount(1);
  }
}
