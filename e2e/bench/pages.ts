import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumFlags, findChromium } from "@/cli/chromium";
import { SCRIPT_BUDGET_KB, whyHeavy } from "@/cli/page-weight";
import { startStack } from "../stack";
import { givenSignedIn, type SignedIn } from "./demo-pages";
import { type BenchRow, budgetRow } from "./row";

const LCP_BUDGET_MS = 1_500;
const CPU_SLOWDOWN = 4;
const VISITS = 3;
// What comes after such a pause was brought by a person or by news, and not by loading.
const SETTLE_MS = 3_000;
const POLL_MS = 100;
const VISIT_TIMEOUT_MS = 20_000;
const VISIT_TRIES = 4;

/**
 * What a person waits for on each page: the script it needs, its largest paint on a slow machine, and whether anything jumps.
 * `only` names pages; with none, all of them.
 */
export async function run(only: readonly string[], tell: (rows: BenchRow[]) => void): Promise<BenchRow[]> {
  const stack = await startStack();
  const bare = await serveBarePage();
  try {
    const signedIn = await givenSignedIn(stack);
    const all = signedIn.pages.map(({ name }) => name);
    const unknown = only.filter((name) => !all.includes(name));
    if (unknown.length > 0) throw new Error(`No page named ${unknown.join(", ")}. There are: ${all.join(", ")}.`);
    const chosen = signedIn.pages.filter(({ name }) => only.length === 0 || only.includes(name));
    const rows: BenchRow[] = [];
    for (const page of chosen) {
      const measured = await measure(stack.url, bare.url, signedIn, page);
      tell(measured);
      rows.push(...measured);
    }
    return rows;
  } finally {
    bare.stop();
    await stack.stop();
  }
}

/** The floor of a paint: a line of text from bare Node, without style and script. */
async function serveBarePage() {
  const html = '<!doctype html><html lang="en"><title>Bare</title><h1>A line of text, and nothing else.</h1></html>';
  const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(html));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The bare page has no port.");
  return { url: `http://127.0.0.1:${address.port}/`, stop: () => server.close() };
}

type Address = SignedIn["pages"][number];

async function measure(origin: string, bareUrl: string, { cookie }: SignedIn, address: Address): Promise<BenchRow[]> {
  const { name, path, route = path, isForStrangers } = address;
  const url = `${origin}${path}`;
  const session = isForStrangers ? "" : cookie;
  const script = await firstLoadKilobytes(url, session);
  const visits: Visit[] = [];
  const bareVisits: Visit[] = [];
  // The first visit warms the server up and is not counted.
  await visitSlowly(url, session);
  for (let visit = 0; visit < VISITS; visit += 1) {
    visits.push(await visitSlowly(url, session));
    bareVisits.push(await visitSlowly(bareUrl, ""));
  }
  const shift = Math.round(Math.max(...visits.map(({ shift }) => shift)) * 100) / 100;
  return [
    row(`${name}: first-load script, gzip`, script, "kB", { atMost: SCRIPT_BUDGET_KB, why: whyHeavy(route) }),
    budgetRow(
      `${name}: largest paint, CPU ${CPU_SLOWDOWN}× slower`,
      { ours: medianPaint(visits), floor: medianPaint(bareVisits) },
      "ms",
      {
        atMost: LCP_BUDGET_MS,
        why: "Browser, server and database share the processors; the floor says how slow the minute was.",
      },
    ),
    row(`${name}: layout shift`, shift, "", { atMost: 0 }),
  ];
}

function row(name: string, value: number, unit: string, { atMost, why }: { atMost: number; why?: string }): BenchRow {
  return { name, value, unit, budget: `≤ ${atMost} ${unit}`.trim(), ok: value <= atMost, why };
}

/** Everything the page's HTML asks a current browser to run, compressed as it travels; 1 kB is 1,000 bytes. */
async function firstLoadKilobytes(url: string, cookie: string): Promise<number> {
  const response = await fetch(url, { headers: { cookie } });
  const html = await response.text();
  if (!response.ok || response.redirected) throw new Error(`${url} answered ${response.status} at ${response.url}.`);
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag));
  const sources = new Set(tags.map(([, source = ""]) => new URL(source.replaceAll("&amp;", "&"), url).href));
  const sizes = await Promise.all(
    [...sources].map(async (source) => gzipSync(Buffer.from(await (await fetch(source)).arrayBuffer())).byteLength),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

type Visit = { lcpMs: number; shift: number };

/** In a browser of its own: Chromium now and then stops for good while it slows itself down, and then another one tries. */
async function visitSlowly(url: string, cookie: string): Promise<Visit> {
  for (let tries = 0; tries < VISIT_TRIES; tries += 1) {
    const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: chromiumFlags });
    try {
      const visit = visitIn(browser, url, cookie).catch(() => null);
      const seen = await Promise.race([visit, delay(VISIT_TIMEOUT_MS, null)]);
      if (seen) return seen;
    } finally {
      // Not waited for: one that has stopped takes its time.
      void browser.close().catch(() => undefined);
    }
  }
  throw new Error(`${url} never came to rest.`);
}

async function visitIn(browser: Browser, url: string, cookie: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  await context.addCookies(cookiesOf(cookie, new URL(url).origin));
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await page.addInitScript(observePaints);
  await page.goto(url);
  // Not "networkidle": the live connection of a workspace never ends.
  await page.waitForLoadState("load");
  // A slow machine may paint nothing for long, which is no fast paint; and what is painted last may be the largest.
  for (let paints = await readPaints(page); ;) {
    await page.waitForTimeout(paints.lcpMs === 0 ? POLL_MS : SETTLE_MS);
    const later = await readPaints(page);
    if (later.lcpMs !== 0 && later.lcpMs === paints.lcpMs) return later;
    paints = later;
  }
}

/** For the whole origin: a cookie of a page's own path would leave what the page asks for without a session. */
function cookiesOf(cookie: string, url: string) {
  const pairs = cookie.split("; ").filter(Boolean);
  return pairs.map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("="), url };
  });
}

declare global {
  // Written in the page by observePaints, read there by readPaints.
  var benchPaints: Visit;
}

function observePaints(): void {
  globalThis.benchPaints = { lcpMs: 0, shift: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.benchPaints.lcpMs = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if ("value" in entry) globalThis.benchPaints.shift += Number(entry.value);
  }).observe({ type: "layout-shift", buffered: true });
}

function readPaints(page: Page): Promise<Visit> {
  return page.evaluate(() => globalThis.benchPaints);
}

function medianPaint(visits: Visit[]): number {
  const paints = visits.map(({ lcpMs }) => lcpMs).toSorted((a, b) => a - b);
  return paints[Math.floor(paints.length / 2)] ?? Number.NaN;
}
