import { expect, it } from "vitest";
import { preferredLocale, validTimeZone } from "./preference";

it.each([
  ["ru", "en-US,en;q=0.9", "ru"],
  [undefined, "ru-RU,ru;q=0.9,en;q=0.8", "ru"],
  [undefined, "de-DE,en;q=0.5,ru;q=0.7", "ru"],
  [undefined, "de-DE,fr", "en"],
  [undefined, null, "en"],
  ["xx", "ru", "ru"],
  [undefined, "ru;q=0, en;q=0.1", "en"],
] as const)("for the choice %s and the browser's %s speaks %s", (chosen, header, locale) => {
  expect(preferredLocale(chosen, header)).toBe(locale);
});

it("falls back to UTC when the zone is unknown or forged", () => {
  expect(validTimeZone("Europe%2FMoscow")).toBe("Europe/Moscow");
  expect(validTimeZone("Mars/Olympus")).toBe("UTC");
  expect(validTimeZone("%E0%A4%A")).toBe("UTC");
  expect(validTimeZone(undefined)).toBe("UTC");
});
