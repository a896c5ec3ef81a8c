import { expect, it } from "vitest";
import { layoutVariants, matchesInAnyLayout } from "./keyboard-layout";

it("reads words typed in the wrong layout", () => {
  expect(layoutVariants("вшфдщпы")).toContain("dialogs");
  expect(layoutVariants("lbfkjub")).toContain("диалоги");
});

it.each([
  ["dial", true],
  ["Диал", true],
  ["вшфд", true],
  ["lbfk", true],
  ["team", false],
  ["", true],
])("finds dialogs by «%s»: %s", (typed, found) => {
  expect(matchesInAnyLayout(typed, ["Dialogs", "Диалоги"])).toBe(found);
});

it("finds a name by any of its words in any order", () => {
  expect(matchesInAnyLayout("bot sh", ["Shop bot"])).toBe(true);
  expect(matchesInAnyLayout("bot zz", ["Shop bot"])).toBe(false);
});
