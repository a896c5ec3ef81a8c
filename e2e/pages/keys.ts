import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures";

/** A person without a mouse. */
export class Keys {
  constructor(private readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Walks with Tab until it has the focus; a page that keeps it out of reach fails. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    const isReached = () => target.evaluate((element) => element === document.activeElement);
    for (let step = 0; step < 80; step += 1) {
      if (await isReached()) return;
      await this.press("Tab");
    }
    throw new Error("Tab does not lead there.");
  }
}
