import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium, expect, type Locator, type Page } from "@playwright/test";
import sharp from "sharp";
import { chromiumFlags, findChromium } from "@/cli/chromium";
import { signIn } from "./session";
import { startStack } from "./stack";

// `npm run screenshots` renews the pictures of the README; with a folder it photographs every page in every guise.
const folder = process.argv[2];
const README_SIZE = { width: 1280, height: 800 };

type Guise = { locale: "en" | "ru"; theme: "light" | "dark"; width: number; height: number };
type Shot = { name: string; path: string; isForStrangers?: boolean; prepare?: (page: Page) => Promise<void> };

const running = process.env.SCREENSHOT_URL;
const stack = running ? null : await startStack();
const origin = running ?? stack?.url ?? "";
const credentials =
  process.env.SCREENSHOT_SIGN_IN ?? /Demo sign-in: (\S+ \/ \S+)/.exec(stack?.output() ?? "")?.[1] ?? "";
const [email = "", password = ""] = credentials.split(" / ");
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: chromiumFlags });
try {
  const cookie = await signIn(origin, email, password);
  await fillInbox(cookie);
  if (folder) await photographEverything(browser, cookie, folder);
  else await photographForReadme(browser, cookie);
} finally {
  await browser.close();
  await stack?.stop();
}
process.exit(0);

async function photographForReadme(browser: Browser, cookie: string): Promise<void> {
  await mkdir("public/screenshots", { recursive: true });
  const [assistant] = await assistantIds(cookie);
  const { held } = await inboxDialogs(cookie);
  for (const theme of ["light", "dark"] as const) {
    const page = await openPage(browser, { locale: "en", theme, ...README_SIZE }, cookie);
    await shoot(
      page,
      { name: "assistant", path: `/w/demo/assistants/${assistant}/behaviour`, prepare: (page) => askSomething(page) },
      theme,
    );
    await shoot(page, { name: "why", path: `/w/demo/assistants/${assistant}/playground`, prepare: openReasons }, theme);
    await shoot(page, { name: "inbox", path: `/w/demo/inbox/mine/${held}` }, theme);
    // Last, so that there are dialogs to see.
    await shoot(page, { name: "overview", path: "/w/demo" }, theme);
    await page.context().close();
  }
}

async function shoot(page: Page, shot: Shot, theme: string): Promise<void> {
  await visit(page, shot);
  const png = await page.screenshot();
  await sharp(png).webp({ quality: 82 }).toFile(`public/screenshots/${shot.name}-${theme}.webp`);
}

async function photographEverything(browser: Browser, cookie: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const shots = await everyPage(cookie);
  for (const locale of ["en", "ru"] as const) {
    for (const theme of ["light", "dark"] as const) {
      for (const [width, height] of [
        [1440, 900],
        [360, 740],
      ] as const) {
        const guise = { locale, theme, width, height };
        const [member, stranger] = [await openPage(browser, guise, cookie), await openPage(browser, guise)];
        for (const shot of shots) {
          const page = shot.isForStrangers ? stranger : member;
          await visit(page, shot).catch((error: unknown) => console.error(shot.name, String(error).split("\n", 1)[0]));
          await page.screenshot({ path: path.join(into, `${shot.name}-${locale}-${theme}-${width}.png`) });
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (overflow > 0) console.log(`${shot.name} ${locale} ${width}: ${overflow} px too wide`);
        }
        await member.context().close();
        await stranger.context().close();
      }
    }
  }
}

async function everyPage(cookie: string): Promise<Shot[]> {
  const [assistant] = await assistantIds(cookie);
  const editor = `/w/demo/assistants/${assistant}`;
  const strangers = ["/", "/login", "/register", "/verify", "/forgot", "/reset/none", "/invite/none"];
  const { held, waiting } = await inboxDialogs(cookie);
  const pages = ["profile", "security", "appearance", "notifications"].map((tab) => `/account/${tab}`);
  const inside = [
    ...["", "/assistants", "/dialogs", "/balance", "/team", "/settings", "/settings/inbox", "/settings/hours"],
    ...["/settings/replies", "/inbox/queue", "/inbox/mine", "/inbox/closed"],
    ...[`/inbox/mine/${held}`, `/inbox/queue/${waiting}`, `/dialogs/${held}`],
  ].map((rest) => `/w/demo${rest}`);
  const tabs = ["behaviour", "knowledge", "playground", "channels"].map((tab) => `${editor}/${tab}`);
  const plain = [...strangers, ...pages, ...inside, ...tabs, "/admin/mail", "/no-such-page"].map((where) => ({
    name:
      where === "/"
        ? "landing"
        : where
            .replace(assistant ?? "", "a")
            .replace(held, "held")
            .replace(waiting, "waiting")
            .replaceAll("/", "_")
            .slice(1),
    path: where,
    isForStrangers: strangers.includes(where),
  }));
  return [
    ...plain,
    { name: "playground-asked", path: `${editor}/playground`, prepare: (page) => askSomething(page) },
    { name: "playground-why", path: `${editor}/playground`, prepare: openReasons },
  ];
}

type Listed<Item> = { items: Item[] };

async function call<Output>(cookie: string, procedure: string, input: object, method: "GET" | "POST"): Promise<Output> {
  const json = JSON.stringify({ json: input });
  const url = `${origin}/api/trpc/${procedure}${method === "GET" ? `?input=${encodeURIComponent(json)}` : ""}`;
  const response = await fetch(url, {
    method,
    headers: { cookie, origin, "content-type": "application/json" },
    body: method === "POST" ? json : undefined,
  });
  if (!response.ok) throw new Error(`${procedure} answered ${response.status}.`);
  const body = (await response.json()) as { result: { data: { json: Output } } };
  return body.result.data.json;
}

async function assistantIds(cookie: string): Promise<string[]> {
  const { items } = await call<Listed<{ id: string; name: string }>>(cookie, "assistants.list", {}, "GET");
  // The English assistant first: the pictures of the README are English.
  return items.toSorted((a, b) => Number(/[а-я]/i.test(a.name)) - Number(/[а-я]/i.test(b.name))).map(({ id }) => id);
}

/** Visitors of the demo ask for a person, and one of them is being helped. */
async function fillInbox(cookie: string): Promise<void> {
  // The demo's dialogs are really had, after the start.
  await expect
    .poll(async () => Object.values(await inboxDialogs(cookie)).every(Boolean), { timeout: 60_000 })
    .toBe(true);
  const { held, waiting, others } = await inboxDialogs(cookie);
  for (const dialogId of [waiting, ...others]) await call(cookie, "handoff.request", { dialogId }, "POST");
  await call(cookie, "handoff.heartbeat", { isVisible: true }, "POST");
  await call(cookie, "handoff.take", { dialogId: held }, "POST");
  const text = "Good afternoon, Anna from the shop here. Your parcel left the warehouse this morning.";
  await call(cookie, "dialogs.reply", { dialogId: held, id: crypto.randomUUID(), text }, "POST");
  await call(
    cookie,
    "dialogs.note",
    { dialogId: held, id: crypto.randomUUID(), text: "Paid, three days late." },
    "POST",
  );
}

async function inboxDialogs(cookie: string): Promise<{ held: string; waiting: string; others: string[] }> {
  type Dialog = { id: string; channel: string; visitorName: string };
  const { items } = await call<Listed<Dialog>>(cookie, "dialogs.list", { limit: 100 }, "GET");
  const visitors = items.filter(({ channel }) => channel !== "preview");
  const named = (name: string) => visitors.find(({ visitorName }) => visitorName === name)?.id;
  const [held, waiting] = [named("Emma") ?? "", named("James") ?? ""];
  return { held, waiting, others: visitors.map(({ id }) => id).filter((id) => id !== held && id !== waiting) };
}

async function openPage(browser: Browser, guise: Guise, cookie = ""): Promise<Page> {
  const { locale, theme, width, height } = guise;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: locale === "ru" ? "ru-RU" : "en-US",
    timezoneId: "Europe/Moscow",
    deviceScaleFactor: folder ? 1 : 2,
    hasTouch: width < 600,
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
  page.on("console", (message) => {
    if (message.type() === "error") console.log(`console: ${page.url()} ${message.text().slice(0, 300)}`);
  });
  page.on("pageerror", (error) => console.log(`page error: ${page.url()} ${error.message.slice(0, 300)}`));
  return page;
}

async function visit(page: Page, { path: where, prepare }: Shot): Promise<void> {
  await page.goto(`${origin}${where}`);
  await page.locator("h1").first().waitFor();
  await page.waitForLoadState("load");
  await page.evaluate(() => document.fonts.ready);
  await settle(page);
  await prepare?.(page);
}

/** What loads has come: no skeleton is left, and no answer is being written. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator(".animate-shimmer, [data-streaming], [data-plain]")).toHaveCount(0);
}

async function askSomething(page: Page, question = "How much is delivery?"): Promise<void> {
  const field = page.getByRole("textbox", { name: /^(Question to the assistant|Вопрос ассистенту)/ }).first();
  await field.waitFor();
  const reasons = whyButtons(page);
  const answers = await reasons.count();
  await field.fill(question);
  await field.press("Enter");
  await expect(reasons).toHaveCount(answers + 1);
  await settle(page);
}

async function openReasons(page: Page): Promise<void> {
  await askSomething(page, "Can I return a teapot?");
  await whyButtons(page).last().click();
  await page.getByRole("dialog").waitFor();
  await settle(page);
}

function whyButtons(page: Page): Locator {
  return page.getByRole("button", { name: /Why this answer|Почему такой ответ/ });
}
