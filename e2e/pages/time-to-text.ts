import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** When the network came back and when the awaited words were on the screen, in the page's own time. */
    times: { onlineAt: number; shownAt: number };
  }
}

/** Milliseconds from the page's network coming back, during `act`, until the words stand in the conversation. */
export async function timeToText(page: Page, words: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate((awaited) => {
    const times = { onlineAt: 0, shownAt: 0 };
    window.times = times;
    window.addEventListener("online", () => (times.onlineAt = performance.now()), { once: true });
    const look = () => {
      const said = [...document.querySelectorAll("[role=log]")].some(({ textContent }) =>
        textContent.includes(awaited),
      );
      if (times.onlineAt > 0 && times.shownAt === 0 && said) times.shownAt = performance.now();
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, words);
  await act();
  return page.evaluate(() => window.times.shownAt - window.times.onlineAt);
}
