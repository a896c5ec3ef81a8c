import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures";

/** The editor of one assistant: its tabs and the playground. */
export class AssistantEditor {
  constructor(private readonly page: Page) {}

  async create(name: string): Promise<void> {
    await this.page.getByRole("navigation").getByRole("link", { name: "Assistants" }).first().click();
    await this.page.getByRole("button", { name: "New assistant" }).first().click();
    const dialog = this.page.getByRole("dialog", { name: "New assistant" });
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Create assistant" }).click();
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  async openTab(name: "Behaviour" | "Knowledge" | "Playground" | "Channels"): Promise<void> {
    await this.page.getByRole("link", { name, exact: true }).click();
    await this.page.waitForURL(new RegExp(`/${name.toLowerCase()}`));
  }

  async upload(...paths: string[]): Promise<void> {
    await this.page.locator('input[type="file"]').setInputFiles(paths);
  }

  document(name: string): Locator {
    return this.page.getByRole("row").filter({ hasText: name });
  }

  async ask(question: string): Promise<void> {
    const field = this.page.getByRole("textbox", { name: "Question to the assistant" });
    await field.fill(question);
    await field.press("Enter");
  }

  get conversation(): Locator {
    return this.page.getByRole("log", { name: "Conversation with the assistant" });
  }

  get whyButton(): Locator {
    return this.conversation.getByRole("button", { name: "Why this answer" }).last();
  }
}
