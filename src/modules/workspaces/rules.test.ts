import { expect, it } from "vitest";
import { slugCandidate, slugOf } from "./rules";

it.each([
  ["Acme", "acme"],
  ["Кофейня «Ёж»", "kofeynya-yozh"],
  ["  Café  Zürich ", "cafe-zurich"],
  ["Щука & Co.", "shchuka-co"],
  ["🎄", "workspace"],
  ["日本", "workspace"],
  ["a".repeat(60), "a".repeat(40)],
])("spells %j as %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

it("wishes for the plain address first", () => {
  expect(slugCandidate("Acme", 0, "x1y2")).toBe("acme");
  expect(slugCandidate("Acme", 1, "x1y2")).toBe("acme-x1y2");
});
