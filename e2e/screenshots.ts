import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium } from "@playwright/test";
import sharp from "sharp";
import { chromiumFlags, findChromium } from "@/cli/chromium";
import { FakeTelegram } from "./fakes/telegram-server";
import { faultsOf, type Guise, openPage, type Say, tidyUp, visit } from "./screenshots/camera";
import { type Scene, setScene } from "./screenshots/scene";
import { ask, everyShot, openReasons } from "./screenshots/shots";
import { startStack } from "./stack";

// `npm run screenshots` renews the pictures of the README; with a folder it photographs every page in every guise, and
// with words behind the folder only those pictures whose name has one of them: `npm run screenshots -- /tmp/s inbox`.
const [folder, ...words] = process.argv.slice(2);
const README_SIZE = { width: 1280, height: 800 };
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };

const telegram = await new FakeTelegram().start();
const stack = await startStack({ env: { TELEGRAM_API_ROOT: telegram.url } });
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: chromiumFlags });
try {
  const scene = await setScene(stack, telegram);
  if (folder) await photographEverything(browser, scene, folder);
  else await photographForReadme(browser, scene);
} finally {
  await browser.close();
  await stack.stop();
  await telegram.stop();
  await rm(stack.dataDir, { recursive: true, force: true });
}
process.exit(0);

async function photographForReadme(
  browser: Browser,
  { owner, assistants: [assistant], dialogs }: Scene,
): Promise<void> {
  await mkdir("public/screenshots", { recursive: true });
  const say = await sayer("en");
  for (const theme of ["light", "dark"] as const) {
    const guise = { locale: "en", theme, ...README_SIZE } as const;
    const page = await openPage(browser, stack.url, guise, { cookie: owner, scale: 2 });
    const editor = `/w/demo/assistants/${assistant}`;
    const shots = [
      {
        name: "assistant",
        path: `${editor}/behaviour`,
        prepare: (page, say) => ask(page, say, "How much is delivery?"),
      },
      { name: "why", path: `${editor}/playground`, prepare: openReasons },
      { name: "inbox", path: `/w/demo/inbox/mine/${dialogs.held}` },
      // Last, so that there are dialogs to see.
      { name: "overview", path: "/w/demo" },
    ] satisfies Parameters<typeof visit>[2][];
    for (const shot of shots) {
      await visit(page, stack.url, shot, say);
      const webp = sharp(await page.screenshot()).webp({ quality: 82 });
      await webp.toFile(`public/screenshots/${shot.name}-${theme}.webp`);
    }
    await page.context().close();
  }
}

async function photographEverything(browser: Browser, scene: Scene, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const shots = everyShot(scene).filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  // Guises that differ in everything come one after the other: after two of eight most has been seen.
  for (const [desk, phone] of [
    ["light", "dark"],
    ["dark", "light"],
  ] as const) {
    for (const locale of ["ru", "en"] as const) {
      const say = await sayer(locale);
      await photograph(browser, scene, { locale, theme: desk, ...DESK }, shots, say, into);
      await photograph(browser, scene, { locale, theme: phone, ...PHONE }, shots, say, into);
    }
  }
}

async function photograph(
  browser: Browser,
  scene: Scene,
  guise: Guise,
  shots: ReturnType<typeof everyShot>,
  say: Say,
  into: string,
): Promise<void> {
  const { locale, theme, width, height } = guise;
  const cookies = { stranger: "", operator: scene.operator, member: scene.owner };
  for (const as of ["stranger", "operator", "member"] as const) {
    const page = await openPage(browser, stack.url, guise, { cookie: cookies[as] });
    for (const shot of shots.filter((shot) => (shot.as ?? "member") === as)) {
      const name = `${shot.name}-${locale}-${theme}-${width}`;
      await page.setViewportSize({ width, height });
      await visit(page, stack.url, shot, say).catch((error: unknown) =>
        console.error(name, String(error).slice(0, 300)),
      );
      await page.screenshot({ path: path.join(into, `${name}.png`) });
      for (const fault of await faultsOf(page, width < 600)) console.log(`${name}: ${fault}`);
      await tidyUp(page);
    }
    await page.context().close();
  }
}

/** Finds texts of the interface where the app has them, so that a renamed button does not break the camera. */
async function sayer(locale: "en" | "ru"): Promise<Say> {
  const home = path.join("src/i18n/messages", locale);
  const files = await readdir(home);
  const read = async (file: string) => [
    file.replace(".json", ""),
    JSON.parse(await readFile(path.join(home, file), "utf8")),
  ];
  const messages: unknown = Object.fromEntries(await Promise.all(files.map(read)));
  return (place) => {
    const found = place
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], messages);
    if (typeof found !== "string") throw new Error(`No text has the place ${place}.`);
    return found;
  };
}
