import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import type { Surroundings } from "./global-setup";
import { letSomebodyWait } from "./pages/waiting-visitor";
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
  await expectNoFaults(page, where);
}

async function expectNoFaults(page: Page, where: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  // What slides in is judged where it comes to rest.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(tooWide, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

async function enterDemo(context: BrowserContext, { url, demoEmail, demoPassword }: Surroundings): Promise<void> {
  const cookie = await signIn(url, demoEmail, demoPassword);
  const pairs = cookie.split("; ").map((pair) => pair.split("=") as [string, string]);
  await context.addCookies(pairs.map(([name, value]) => ({ name, value, url })));
}

const guises = [
  {
    name: "dark, Russian, on a phone",
    words: {
      back: /^Вернуть ассистенту$/,
      translate: "Перевести",
      heard: /Последнее сообщение/,
      offline: /^Не в сети/,
      more: "Ещё",
      said: /^- посетитель: /,
    },
    colorScheme: "dark",
    locale: "ru-RU",
    viewport: { width: 360, height: 740 },
  },
  {
    name: "light, English, on a desk",
    words: {
      back: /^Return to (the )?assistant$/,
      translate: "Translate",
      heard: /last message/,
      offline: /^Offline/,
      more: "More",
      said: /^- visitor: /,
    },
    colorScheme: "light",
    locale: "en-US",
    viewport: { width: 1440, height: 900 },
  },
] as const;

for (const { name, words, ...guise } of guises) {
  test.describe(name, () => {
    test.use(guise);

    test(`pages for everybody have no accessibility fault: ${name}`, async ({ page }) => {
      for (const where of PUBLIC) await expectAccessible(page, where);
    });

    test(`pages of a workspace have no accessibility fault: ${name}`, async ({ page, context, surroundings, sql }) => {
      test.setTimeout(120_000);
      await enterDemo(context, surroundings);
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

    test(`what opens over the inbox has no accessibility fault: ${name}`, async ({
      page,
      context,
      surroundings,
      sql,
    }) => {
      await enterDemo(context, surroundings);
      await page.goto("/w/demo/dialogs");
      const dialogId = await letSomebodyWait(page, sql, "Maria");
      await sql`with dialog as (update dialogs set message_seq = message_seq + 1 where id = ${dialogId} returning *)
        insert into messages (id, workspace_id, dialog_id, seq, author, client_id, text)
        select gen_random_uuid(), workspace_id, id, message_seq, 'visitor', 'words', 'How much is delivery?' from dialog`;
      const act = (procedure: "take" | "release") =>
        page.request.post(`/api/trpc/handoff.${procedure}`, {
          headers: { origin: surroundings.url, "x-workspace-id": "demo" },
          data: { json: { dialogId } },
        });
      expect((await act("take")).status()).toBe(200);
      await page.goto(`/w/demo/inbox/mine/${dialogId}`);

      await page.getByRole("button", { name: words.back }).first().click();
      await expect(page.getByRole("dialog", { name: words.back }).getByRole("textbox")).toBeEnabled();
      await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue(words.said);
      await expectNoFaults(page, "return");
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: words.translate }).click();
      await page.getByRole("menuitem", { name: words.heard }).click();
      await expect(page.getByRole("form").getByRole("region")).toBeVisible();
      await expectNoFaults(page, "translation");

      await page.goto("/w/demo/dialogs");
      if (guise.viewport.width < 768) await page.getByRole("button", { name: words.more, exact: true }).click();
      await page
        .getByText(/^(Online|В сети)$/)
        .filter({ visible: true })
        .first()
        .click();
      await page.getByRole("radio", { name: words.offline }).click();
      await expect(page.getByRole("dialog").getByRole("radio").first()).toBeChecked();
      await expectNoFaults(page, "offline");
      expect((await act("release")).status()).toBe(200);
    });
  });
}
