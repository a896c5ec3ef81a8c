import { setTimeout as delay } from "node:timers/promises";
import { type Browser, expect, type Page } from "@playwright/test";

const SETTLE_MS = 3_000;

export type Guise = { locale: "en" | "ru"; theme: "light" | "dark"; width: number; height: number };

export type Shot = {
  name: string;
  path: string;
  /** Who looks: a member of the demo unless told otherwise. */
  as?: "stranger" | "operator";
  /** What is done to the page before the picture; `say` finds a text of the interface in the language of the guise. */
  prepare?: (page: Page, say: Say) => Promise<void>;
};

/** A text of the interface by its place in the messages, `inbox.filters.open`, in one language. */
export type Say = (place: string) => string;

/** A page in one guise. Pictures of the README have two pixels for each. */
export async function openPage(
  browser: Browser,
  origin: string,
  { locale, theme, width, height }: Guise,
  { cookie = "", scale = 1 }: { cookie?: string; scale?: number } = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: locale === "ru" ? "ru-RU" : "en-US",
    timezoneId: "Europe/Moscow",
    deviceScaleFactor: scale,
    hasTouch: width < 600,
    isMobile: width < 600,
    reducedMotion: "reduce",
  });
  const { hostname } = new URL(origin);
  const session = cookie
    .split("; ")
    .filter(Boolean)
    .map((pair) => pair.split("=") as [string, string]);
  await context.addCookies(
    [...session, ["locale", locale] as const].map(([name, value]) => ({ name, value, domain: hostname, path: "/" })),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => {
    if (message.type() === "error") console.log(`console: ${page.url()} ${message.text().slice(0, 300)}`);
  });
  page.on("pageerror", (error) => console.log(`page error: ${page.url()} ${error.message.slice(0, 300)}`));
  return page;
}

/** Opens the page of the picture and waits until it is as a person would find it. */
export async function visit(page: Page, origin: string, { path: where, prepare }: Shot, say: Say): Promise<void> {
  await page.goto(`${origin}${where}`);
  // Its heading is out of sight in a conversation on a phone.
  await page.locator("main").filter({ visible: true }).first().waitFor();
  await page.waitForLoadState("load");
  await page.evaluate(() => document.fonts.ready);
  await settle(page);
  await prepare?.(page, say);
  await settle(page);
}

/** Leaves nothing typed behind: what stays in a message box is kept as a draft for the next picture. */
export async function tidyUp(page: Page): Promise<void> {
  const box = page.locator("form textarea").filter({ visible: true }).first();
  if ((await page.getByRole("dialog").count()) === 0 && (await box.count()) > 0 && (await box.inputValue()) !== "") {
    await box.fill("");
    await page.waitForLoadState("networkidle", { timeout: 1_500 }).catch(() => undefined);
  }
}

/** What loads has come: no skeleton is left, no answer is being written, and nothing moves. */
export async function settle(page: Page): Promise<void> {
  await expect(
    page.locator(".animate-shimmer, [data-streaming], [data-plain], [data-awaited], [aria-busy=true]"),
  ).toHaveCount(0);
  await atMost(
    SETTLE_MS,
    page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished))),
  );
}

/** Waits for something that may never end, like an animation without an end or a picture that is not loaded. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, delay(ms)]);
}

/** Complaints about what no picture should show: a page that scrolls sideways, a target too small for a thumb. */
export async function faultsOf(page: Page, isPhone: boolean): Promise<string[]> {
  return page.evaluate((isPhone) => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`${root.scrollWidth - root.clientWidth} px too wide`);
    const smallest = isPhone ? 44 : 24;
    for (const target of document.querySelectorAll<HTMLElement>(
      "a, button, select, input, textarea, summary, [role=menuitem], [role=tab]",
    )) {
      if (
        !target.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
        target.closest("p, li p, .sr-only")
      )
        continue;
      // Words in a sentence are as high as the sentence, and a box of a form is pressed by its label.
      if (getComputedStyle(target).display === "inline" || target.matches("[type=checkbox], [type=radio]")) continue;
      const { width, height, top, left } = target.getBoundingClientRect();
      const after = getComputedStyle(target, "::after");
      const reach = after.content === "none" ? 0 : Number.parseFloat(after.height) || 0;
      if (width < 2 || height < 2 || left < 0 || top < 0) continue;
      if (Math.max(height, reach) < smallest - 0.5) {
        const name = target.getAttribute("aria-label") ?? target.textContent.trim();
        faults.push(
          `${target.tagName.toLowerCase()} "${name.slice(0, 40)}" is ${Math.round(width)} × ${Math.round(height)}`,
        );
      }
    }
    return faults;
  }, isPhone);
}
