import { expect, it } from "vitest";
import { citedPaths } from "./cited-paths";

it.each([
  ["a file in a code span", "see `src/worker.ts` for more", ["src/worker.ts"]],
  ["a path with a line behind it", "`src/worker.ts:12`", ["src/worker.ts"]],
  ["a relative link", "![Inbox](public/screenshots/inbox.png)", ["public/screenshots/inbox.png"]],
  ["a link with an anchor once", "[a](README.md#run) and [b](README.md)", ["README.md"]],
  ["no pattern", "`src/modules/<noun>` and `src/**/x.ts` and `messages/{en,ru}`", []],
  ["no foreign address", "[site](https://example.com/src/a.ts)", []],
  ["nothing of an example", "```\n`src/made-up.ts`\n```", []],
])("finds %s", (_, markdown, expected) => {
  expect(citedPaths(markdown)).toEqual(expected);
});
