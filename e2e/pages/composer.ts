import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures";

/** Where the team writes in a dialog. */
export class Composer {
  constructor(private readonly page: Page) {}

  get reply(): Locator {
    return this.page.getByRole("textbox", { name: "Reply", exact: true });
  }

  get note(): Locator {
    return this.page.getByRole("textbox", { name: "Note", exact: true });
  }

  /** The conversation above it. */
  get thread(): Locator {
    return this.page.getByRole("log", { name: "Transcript" });
  }

  get underway(): Locator {
    return this.page.getByRole("list", { name: "On their way" });
  }

  async send(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.reply.press("Enter");
    await expect(this.reply).toHaveValue("");
  }

  async pick(name: string, bytes: Buffer): Promise<void> {
    await this.page.locator("input[type=file]").setInputFiles({ name, mimeType: "", buffer: bytes });
    await expect(this.page.getByRole("list", { name: "Files to send" })).toContainText(name);
  }
}
