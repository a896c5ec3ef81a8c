import { globSync, readFileSync } from "node:fs";
import { extendTailwindMerge } from "tailwind-merge";
import { expect, it } from "vitest";
import { cn } from "./cn";

const whole = extendTailwindMerge({
  extend: { theme: { text: ["hero"], shadow: ["popover", "dialog"], tracking: ["title"] } },
});

it("lets the later of two classes win", () => {
  expect(cn("px-2 text-sm", "px-4")).toBe("text-sm px-4");
  expect(cn("h-8 hover:bg-hover", "size-6 hover:bg-raised")).toBe("size-6 hover:bg-raised");
  expect(cn("text-muted text-sm", "text-danger-text")).toBe("text-sm text-danger-text");
});

it("keeps what is set under other modifiers", () => {
  expect(cn("p-2 max-md:p-4 [&>svg]:size-4", "px-3 hover:p-1 [&>svg]:size-5")).toBe(
    "p-2 max-md:p-4 px-3 hover:p-1 [&>svg]:size-5",
  );
  expect(cn("data-[state=open]:animate-pop-in supports-[display:grid]:grid", "animate-none block")).toBe(
    "data-[state=open]:animate-pop-in supports-[display:grid]:grid animate-none block",
  );
});

it("judges every two classes of this tree as all of Tailwind's groups do", () => {
  const classes = classesOfTheTree();
  expect(classes.length).toBeGreaterThan(300);
  const wrong = classes.flatMap((first) =>
    classes
      .filter((second) => first !== second && cn(first, second) !== whole(first, second))
      .map((second) => `${first} ${second}`),
  );
  expect(wrong, "a class of a group that class-group.ts does not know").toEqual([]);
}, 60_000);

/** What the files quote and Tailwind's groups recognise, without modifiers. */
function classesOfTheTree(): string[] {
  const quoted = globSync("src/{app,components,modules}/**/*.{ts,tsx}", {
    exclude: ["**/*.test.*", "**/server/**", "**/class-group.ts"],
  })
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/["'`]([^"'`\n]+)["'`]/g)])
    .flatMap(([, text = ""]) => text.split(/\s+/));
  const bare = quoted.map((word) => word.slice(word.lastIndexOf(":") + 1));
  return [...new Set(bare)].filter((word) => /^-?[a-z@[]/.test(word) && whole(word, word) === word);
}
