import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { expect } from "../fixtures";
import { timeToText } from "./time-to-text";

/** A dialog that one page shows while somebody else writes in it, over HTTP and beside the page's own network. */
export class LiveDialog {
  private constructor(
    readonly page: Page,
    readonly id: string,
    private readonly assistantId: string,
    private readonly origin: string,
  ) {}

  /** Asks the first question in the playground of the assistant on the page, and opens that dialog. */
  static async begin(page: Page, origin: string): Promise<LiveDialog> {
    const asked = page.waitForResponse((response) => response.url().endsWith("/api/chat"));
    const field = page.getByRole("textbox", { name: "Question to the assistant" });
    await field.fill("First question");
    await field.press("Enter");
    const response = await asked;
    const id = response.headers()["x-dialog-id"] ?? "";
    const { assistantId } = response.request().postDataJSON() as { assistantId: string };
    await expect(page.getByRole("button", { name: "Why this answer" })).toBeVisible();
    await page.goto(page.url().replace(/\/assistants.*/, `/dialogs/${id}`));
    await expect(page.getByText("First question")).toBeVisible();
    return new LiveDialog(page, id, assistantId, origin);
  }

  /** Marks the page, so that a reload would be seen. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => document.body.setAttribute("data-marked", ""));
  }

  async expectNoReload(): Promise<void> {
    await expect(this.page.locator("body[data-marked]")).toHaveCount(1);
  }

  async write(text: string): Promise<void> {
    const response = await this.page.request.post(`${this.origin}/api/chat`, {
      headers: { origin: this.origin },
      data: { assistantId: this.assistantId, dialogId: this.id, id: randomUUID(), text },
    });
    expect(response.status()).toBe(200);
    await response.body();
  }

  async writeFive(): Promise<void> {
    for (let n = 1; n <= 5; n += 1) await this.write(`While away ${n}`);
  }

  /** Five messages, in the order in which they were written, each once. */
  async expectFive(): Promise<void> {
    const said = this.page.getByText(/^While away \d$/);
    await expect(said).toHaveText(
      [1, 2, 3, 4, 5].map((n) => `While away ${n}`),
      { timeout: 20_000 },
    );
  }

  /** From the moment when the page has its network again until the fifth message is on the screen, in the page's own time. */
  async timeToFive(comeBack: (context: BrowserContext) => Promise<void>): Promise<number> {
    return timeToText(this.page, "While away 5", async () => {
      await comeBack(this.page.context());
      await this.expectFive();
    });
  }
}
