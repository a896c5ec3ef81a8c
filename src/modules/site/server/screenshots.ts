import { existsSync } from "node:fs";
import path from "node:path";
import { SCREENSHOT_NAMES, type Screenshot } from "../contract";

const TYPES = ["webp", "png"] as const;

function findImage(name: string): string | null {
  const type = TYPES.find((type) => existsSync(path.join(process.cwd(), "public", "screenshots", `${name}.${type}`)));
  return type ? `/screenshots/${name}.${type}` : null;
}

/** The pictures taken from the running product that this build has, in both themes. Looked up once per process. */
export const screenshots: readonly Screenshot[] = SCREENSHOT_NAMES.flatMap((name) => {
  const light = findImage(`${name}-light`);
  const dark = findImage(`${name}-dark`);
  return light && dark ? [{ name, light, dark }] : [];
});
