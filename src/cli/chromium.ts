import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** For a browser in a container or a virtual machine that must not talk to anyone but us. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser to test with: the system's, else the one Playwright has downloaded, else null. */
export function findChromium(): string | null {
  const onPath = findOnPath(NAMES);
  if (onPath) return onPath;
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : null;
}

/** The first of these programs that is on PATH. */
export function findOnPath(names: string[]): string | null {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  for (const name of names) {
    const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
    if (found) return found;
  }
  return null;
}
