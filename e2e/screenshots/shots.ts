import { expect, type Locator, type Page } from "@playwright/test";
import { atMost, type Say, settle, type Shot } from "./camera";
import type { Scene } from "./scene";

/** Every page of the product and everything that opens over one, named for the file of its picture. */
export function everyShot(scene: Scene): Shot[] {
  return [...pagesOfStrangers(scene), ...pagesOfMembers(scene), ...emptyPages(scene), ...opened(scene)];
}

function pagesOfStrangers({ invitation, reset }: Scene): Shot[] {
  const as = "stranger";
  return [
    { name: "landing", path: "/", as },
    { name: "landing-whole", path: "/", as, prepare: (page) => unrolled(page) },
    { name: "landing-asked", path: "/", as, prepare: askTheDemo },
    ...["login", "register", "verify", "forgot"].map((name): Shot => ({ name, path: `/${name}`, as })),
    { name: "login-refused", path: "/login", as, prepare: (page) => page.locator("form [type=submit]").click() },
    { name: "register-refused", path: "/register", as, prepare: (page) => page.locator("form [type=submit]").click() },
    { name: "reset", path: reset, as },
    { name: "reset-dead", path: "/reset/none", as },
    { name: "invite", path: invitation, as },
    { name: "invite-dead", path: "/invite/none", as },
  ];
}

function pagesOfMembers({ assistants: [assistant = ""], dialogs }: Scene): Shot[] {
  const plain = {
    overview: "",
    assistants: "/assistants",
    dialogs: "/dialogs",
    "dialog-held": `/dialogs/${dialogs.held}`,
    "dialog-long": `/dialogs/${dialogs.long}`,
    "dialog-missing": "/dialogs/00000000-0000-4000-8000-000000000000",
    "inbox-queue": "/inbox/queue",
    "inbox-mine": "/inbox/mine",
    "inbox-all": "/inbox/all",
    "inbox-mentions": "/inbox/mentions",
    "inbox-held": `/inbox/mine/${dialogs.held}`,
    "inbox-waiting": `/inbox/queue/${dialogs.waiting}`,
    "inbox-long": `/inbox/queue/${dialogs.long}`,
    "inbox-filtered": "/inbox/queue?channel=telegram&wait=calm&q=zzzz",
    numbers: "/inbox/numbers",
    balance: "/balance",
    team: "/team",
    settings: "/settings",
    "settings-inbox": "/settings/inbox",
    "settings-hours": "/settings/hours",
    "settings-replies": "/settings/replies",
    ...Object.fromEntries(
      ["behaviour", "knowledge", "playground", "channels"].map((tab) => [tab, `/assistants/${assistant}/${tab}`]),
    ),
    "assistant-missing": "/assistants/00000000-0000-4000-8000-000000000000/behaviour",
  };
  const forbidden = { "operator-balance": "/balance", "operator-settings": "/settings", "operator-overview": "" };
  const elsewhere = [
    "account/profile",
    "account/security",
    "account/appearance",
    "account/notifications",
    "admin/mail",
  ];
  return [
    ...Object.entries(plain).map(([name, rest]): Shot => ({ name, path: `/w/demo${rest}` })),
    ...Object.entries(forbidden).map(([name, rest]): Shot => ({ name, path: `/w/demo${rest}`, as: "operator" })),
    { name: "operator-behaviour", path: `/w/demo/assistants/${assistant}/behaviour`, as: "operator" },
    ...elsewhere.map((where): Shot => ({ name: where.replace("/", "-"), path: `/${where}` })),
    { name: "not-found", path: "/no-such-page" },
    { name: "new-workspace", path: "/w?create=1" },
    ...["behaviour", "knowledge", "settings-hours", "settings-inbox", "overview", "balance"].map((name): Shot => {
      const page = Object.entries(plain).find(([known]) => known === name)?.[1] ?? "";
      return { name: `${name}-whole`, path: `/w/demo${page}`, prepare: (page) => unrolled(page) };
    }),
  ];
}

function emptyPages({ emptySlug }: Scene): Shot[] {
  const places = [
    "",
    "/assistants",
    "/dialogs",
    "/inbox/queue",
    "/inbox/mine",
    "/inbox/all",
    "/inbox/closed",
    "/inbox/numbers",
  ];
  return [...places, "/balance", "/team", "/settings/replies"].map((place) => ({
    name: `empty${place.replaceAll("/", "-") || "-overview"}`,
    path: `/w/${emptySlug}${place}`,
  }));
}

/** Dialogs, menus, panels: each as it opens over its page. */
function opened({ assistants: [assistant = ""], dialogs }: Scene): Shot[] {
  const demo = "/w/demo";
  const editor = `${demo}/assistants/${assistant}`;
  const [held, long] = [`${demo}/inbox/mine/${dialogs.held}`, `${demo}/inbox/queue/${dialogs.long}`];
  const press =
    (...keys: string[]) =>
    async (page: Page) => {
      for (const key of keys) await page.keyboard.press(key);
    };
  const click = (place: string) => async (page: Page, say: Say) => button(page, say(place)).click();
  // What opens over a page comes a moment after the press.
  const shot = (name: string, path: string, prepare: NonNullable<Shot["prepare"]>): Shot => ({
    name,
    path,
    prepare: async (page, say) => {
      await prepare(page, say);
      await page.locator(FLOATING).filter({ visible: true }).first().waitFor();
    },
  });
  const still = (name: string, path: string, prepare: NonNullable<Shot["prepare"]>): Shot => ({ name, path, prepare });
  return [
    shot("palette", demo, async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
    }),
    shot("palette-nothing", demo, async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("zzzzzz");
    }),
    shot("palette-inbox", held, async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
    }),
    shot("keys", demo, press("Shift+Slash")),
    shot("keys-inbox", held, press("Shift+Slash")),
    shot("account-menu", demo, openAccountMenu),
    shot("workspace-menu", demo, openWorkspaces),
    shot("presence-menu", demo, openPresence),
    shot("new-assistant", `${demo}/assistants`, click("assistants.list.create")),
    shot("template-menu", `${editor}/behaviour`, click("assistants.behaviour.template")),
    shot("remove-assistant", `${editor}/behaviour`, click("assistants.remove.open")),
    shot("add-text", `${editor}/knowledge`, click("knowledge.add.text")),
    shot("add-qa", `${editor}/knowledge`, click("knowledge.add.qa")),
    shot("document", `${editor}/knowledge`, (page) => page.getByRole("row").nth(1).getByRole("button").first().click()),
    shot("document-menu", `${editor}/knowledge`, (page) =>
      page.getByRole("row").nth(1).getByRole("button").last().click(),
    ),
    shot("document-remove", `${editor}/knowledge`, async (page, say) => {
      await page.getByRole("row").nth(1).getByRole("button").last().click();
      await page.getByRole("menuitem", { name: say("knowledge.menu.remove") }).click();
    }),
    still("playground-asked", `${editor}/playground`, (page, say) => ask(page, say, "How much is delivery?")),
    shot("playground-why", `${editor}/playground`, openReasons),
    still("channels-refused", `${editor}/channels`, async (page) => {
      const field = page.locator("main input").first();
      if (await field.isVisible()) await field.fill("not a token");
    }),
    shot("inbox-filters", `${demo}/inbox/queue`, click("inbox.filters.open")),
    shot("inbox-views", `${demo}/inbox/queue`, click("inbox.views.more")),
    shot("inbox-save-view", `${demo}/inbox/queue?q=a`, click("inbox.views.save")),
    still("inbox-marked", `${demo}/inbox/queue`, press("j", "x", "j", "x")),
    shot("inbox-assign", `${demo}/inbox/queue`, press("j", "a")),
    shot("inbox-tag", `${demo}/inbox/queue`, press("j", "l")),
    still("inbox-context", held, async (page, say) => {
      const show = button(page, say("inbox.context.show"));
      if (await show.isVisible()) await show.click();
    }),
    still("inbox-note", held, async (page, say) => {
      await page.getByRole("form").getByText(say("composer.note"), { exact: true }).first().click();
    }),
    shot("inbox-saved-replies", held, async (page) => {
      await composer(page).fill("/");
    }),
    shot("inbox-send-menu", held, click("composer.more")),
    shot("inbox-hand-over", held, click("handoff.banner.handOver")),
    shot("inbox-return", held, async (page, say) => {
      await button(page, say("handoff.banner.release")).click();
      await expect(page.getByRole("dialog").getByRole("textbox")).toBeEnabled();
    }),
    still("inbox-draft", held, async (page, say) => {
      await button(page, say("composer.suggestion.draft")).click();
      await expect(page.getByRole("form").getByRole("region").getByRole("button").first()).toBeEnabled();
    }),
    shot("inbox-message-menu", held, (page, say) => lastOf(page, say("conversation.action.more")).click()),
    still("inbox-long-typed", long, (page) => composer(page).fill("Очень длинный ответ. ".repeat(60))),
    shot("why", `${demo}/inbox/all/${dialogs.held}`, async (page, say) => {
      await lastOf(page, say("dialogs.detail.why")).click();
      await page.getByRole("dialog").waitFor();
    }),
    shot("dialog-records", `${demo}/dialogs/${dialogs.held}`, click("dialogs.records.open")),
    { name: "dialogs-nothing", path: `${demo}/dialogs?search=zzzzzzzz` },
    still("dialogs-filters", `${demo}/dialogs`, async (page) => {
      const filters = page.getByRole("search").getByRole("button").first();
      if (await filters.isVisible()) await filters.click();
    }),
    shot("receipt", `${demo}/balance`, (page) => page.locator("main [aria-haspopup=dialog]:visible").first().click()),
    shot("invite-dialog", `${demo}/team`, click("workspaces.team.invite")),
    shot("member-menu", `${demo}/team`, (page) =>
      page.getByRole("main").getByRole("listitem").filter({ hasText: "anna@" }).getByRole("button").last().click(),
    ),
    shot("remove-member", `${demo}/team`, async (page, say) => {
      await page
        .getByRole("main")
        .getByRole("listitem")
        .filter({ hasText: "anna@" })
        .getByRole("button")
        .last()
        .click();
      await page.getByRole("menuitem", { name: say("workspaces.team.remove"), exact: true }).click();
    }),
    shot("saved-reply", `${demo}/settings/replies`, click("replies.add")),
    shot("remove-workspace", `${demo}/settings`, click("workspaces.remove.open")),
    shot("letter", "/admin/mail", (page) =>
      page.getByRole("main").getByRole("row").nth(1).getByRole("button").first().click(),
    ),
  ];
}

const FLOATING = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], :popover-open > *";

const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true }).first();
const lastOf = (page: Page, name: string): Locator => page.getByRole("button", { name }).last();
const composer = (page: Page): Locator => page.getByRole("form").getByRole("textbox").first();

/** On a phone everything about the own person is behind the last button of the bar. */
async function openAccountMenu(page: Page, say: Say): Promise<void> {
  const more = button(page, say("shell.nav.more"));
  if (await more.isVisible()) return more.click();
  await page.getByRole("button", { name: say("shell.account.menu") }).click();
}

async function openWorkspaces(page: Page, say: Say): Promise<void> {
  const more = button(page, say("shell.nav.more"));
  if (await more.isVisible()) return more.click();
  await page.getByRole("button", { name: say("shell.workspace.switch") }).click();
}

async function openPresence(page: Page, say: Say): Promise<void> {
  const more = button(page, say("shell.nav.more"));
  if (await more.isVisible()) await more.click();
  await page.getByText(say("presence.status.online"), { exact: true }).filter({ visible: true }).first().click();
}

/** A window as high as the page, so that all of it is in the picture. */
async function unrolled(page: Page): Promise<void> {
  const { width } = page.viewportSize() ?? { width: 1440 };
  const height = await page.evaluate(() => {
    // The editor scrolls within the window.
    const beyond = [...document.querySelectorAll("main, main *")].map((box) =>
      getComputedStyle(box).overflowY === "auto" && box.tagName !== "TEXTAREA"
        ? box.scrollHeight - box.clientHeight
        : 0,
    );
    return document.documentElement.scrollHeight + Math.max(0, ...beyond);
  });
  await page.setViewportSize({ width, height: Math.min(height, 6_000) });
  // A picture of the other theme is never loaded.
  await atMost(
    5_000,
    page.evaluate(() => Promise.allSettled([...document.images].map((image) => image.decode()))),
  );
}

async function askTheDemo(page: Page): Promise<void> {
  const log = page.getByRole("log");
  const starter = log.getByRole("button").first();
  await starter.scrollIntoViewIfNeeded();
  await starter.click();
  await expect(log.locator("cite, a, button").first()).toBeVisible();
}

/** Asks the assistant and waits for the whole answer. */
export async function ask(page: Page, say: Say, question: string): Promise<void> {
  const field = page.getByRole("textbox", { name: /^(Question to the assistant|Вопрос ассистенту)/ }).first();
  await field.waitFor();
  const reasons = page.getByRole("button", { name: say("dialogs.detail.why") });
  const answers = await reasons.count();
  await field.fill(question);
  await field.press("Enter");
  await expect(reasons).toHaveCount(answers + 1);
  await settle(page);
}

export async function openReasons(page: Page, say: Say): Promise<void> {
  await ask(page, say, "Can I return a teapot?");
  await lastOf(page, say("dialogs.detail.why")).click();
  await page.getByRole("dialog").waitFor();
}
