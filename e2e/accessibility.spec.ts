import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { signIn } from "./session";

const PUBLIC = ["/", "/login", "/register", "/verify", "/forgot", "/reset/none", "/invite/none", "/no-such-page"];
const INSIDE = [
  "/w/demo",
  "/w/demo/assistants",
  "/w/demo/dialogs",
  "/w/demo/balance",
  "/w/demo/team",
  "/w/demo/settings",
  "/w/demo/settings/hours",
  "/w/demo/settings/inbox",
  "/w/demo/settings/replies",
  "/w/demo/inbox/queue",
  "/w/demo/inbox/closed",
  "/w/demo/inbox/numbers",
  "/account/profile",
  "/account/security",
  "/account/notifications",
  "/account/appearance",
  "/admin/mail",
];
const TABS = ["behaviour", "knowledge", "playground", "channels"];

async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.goto(where);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(tooWide, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

const guises = [
  { name: "dark, Russian, on a phone", colorScheme: "dark", locale: "ru-RU", viewport: { width: 360, height: 740 } },
  { name: "light, English, on a desk", colorScheme: "light", locale: "en-US", viewport: { width: 1440, height: 900 } },
] as const;

for (const { name, ...guise } of guises) {
  test.describe(name, () => {
    test.use(guise);

    test(`pages for everybody have no accessibility fault: ${name}`, async ({ page }) => {
      for (const where of PUBLIC) await expectAccessible(page, where);
    });

    test(`pages of a workspace have no accessibility fault: ${name}`, async ({ page, context, surroundings, sql }) => {
      test.setTimeout(120_000);
      const cookie = await signIn(surroundings.url, surroundings.demoEmail, surroundings.demoPassword);
      const pairs = cookie.split("; ").map((pair) => pair.split("=") as [string, string]);
      await context.addCookies(pairs.map(([key, value]) => ({ name: key, value, url: surroundings.url })));
      const [assistant] = await sql<
        { id: string }[]
      >`select a.id from assistants a join workspaces w on w.id = a.workspace_id where w.slug = 'demo' limit 1`;
      const editor = TABS.map((tab) => `/w/demo/assistants/${assistant?.id}/${tab}`);
      const [dialog] = await sql<
        { id: string }[]
      >`select d.id from dialogs d join workspaces w on w.id = d.workspace_id where w.slug = 'demo' limit 1`;
      const talk = dialog ? [`/w/demo/dialogs/${dialog.id}`, `/w/demo/inbox/all/${dialog.id}`] : [];
      for (const where of [...INSIDE, ...editor, ...talk]) await expectAccessible(page, where);
    });
  });
}
