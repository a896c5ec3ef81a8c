import { readFileSync } from "node:fs";
import {
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  differenceCiede2000,
  wcagContrast,
} from "culori";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");

function tokensOf(selector: string): Map<string, string> {
  const block = new RegExp(`^${selector} \\{([^}]+)\\}`, "m").exec(css)?.[1] ?? "";
  return new Map(
    [...block.matchAll(/--([\w-]+): (oklch\([^)]+\))/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

const themes = { light: tokensOf(":root"), dark: tokensOf("\\.dark") };
const surfaces = ["bg", "surface", "raised", "sunken", "visitor", "hover", "selected"];
const tinted = ["accent", "ai", "success", "warning", "danger", "info"];
const charts = ["chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6"];

describe.each(Object.entries(themes))("the %s theme", (_theme, tokens) => {
  const color = (name: string) => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`No token ${name}.`);
    return value;
  };
  const contrast = (front: string, back: string) => wcagContrast(color(front), color(back));

  it.each(surfaces)("keeps text, secondary text and meta readable on %s", (surface) => {
    expect(contrast("text", surface)).toBeGreaterThanOrEqual(12);
    expect(contrast("text-2", surface)).toBeGreaterThanOrEqual(5.8);
    expect(contrast("muted", surface)).toBeGreaterThanOrEqual(5);
  });

  it.each(surfaces)("keeps coloured text readable on %s", (surface) => {
    for (const name of tinted) expect(contrast(`${name}-text`, surface), name).toBeGreaterThanOrEqual(5.8);
  });

  it.each(tinted)("keeps %s text and body text readable on its own tint", (name) => {
    expect(contrast(`${name}-text`, `${name}-tint`)).toBeGreaterThanOrEqual(4.5);
    expect(contrast("text", `${name}-tint`)).toBeGreaterThanOrEqual(7);
  });

  it("keeps the words on solid buttons and on notes readable", () => {
    for (const name of ["accent", "accent-hover", "ai", "danger"])
      expect(contrast("on-solid", name), name).toBeGreaterThanOrEqual(4.5);
    expect(contrast("note-text", "note")).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["surface", "raised"])("keeps input edges, focus, channels and charts visible on %s", (surface) => {
    for (const name of ["border-strong", "focus", "ch-telegram", "ch-web", ...charts]) {
      expect(contrast(name, surface), name).toBeGreaterThanOrEqual(3);
    }
  });

  it("keeps chart colours apart for colour-blind eyes", () => {
    const difference = differenceCiede2000();
    for (const simulate of [filterDeficiencyProt(1), filterDeficiencyDeuter(1), filterDeficiencyTrit(1)]) {
      for (const [index, one] of charts.entries()) {
        for (const other of charts.slice(index + 1)) {
          expect(difference(simulate(color(one)), simulate(color(other))), `${one} and ${other}`).toBeGreaterThan(5);
        }
      }
    }
  });
});

it("declares every colour in both themes", () => {
  expect([...themes.dark.keys()]).toEqual([...themes.light.keys()]);
  expect(themes.light.size).toBeGreaterThan(45);
});
