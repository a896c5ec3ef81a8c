import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type Command, parseCommandLine, usageOf } from "./command";
import { StartProblem } from "./problem";

const input = z.object({
  olderThan: z.coerce.number("must be a whole number of days").int().min(1).default(30),
  file: z.string().min(1),
  apply: z.boolean().default(false),
});
const command: Command<typeof input> = {
  name: "things:tidy",
  summary: "Tidies things.",
  options: {
    olderThan: { takes: "DAYS", help: "how old" },
    file: { takes: "FILE", help: "which" },
    apply: { help: "does it" },
  },
  input,
  run: async () => {},
};

describe("a command line", () => {
  it("is read with its defaults, changes nothing unless told to, and takes both spellings", () => {
    expect(parseCommandLine(command, ["--file", "a"])).toEqual({ olderThan: 30, file: "a", apply: false });
    expect(parseCommandLine(command, ["--older-than=7", "--file=a", "--apply"])).toEqual({
      olderThan: 7,
      file: "a",
      apply: true,
    });
  });

  it.each([
    [[], "--file is missing."],
    [["--file", "a", "--older-than", "soon"], "--older-than is not usable: must be a whole number of days."],
    [["--file", "a", "--older-than", "0"], "--older-than is not usable"],
    [["--file", "a", "--older-than", "1.5"], "--older-than is not usable"],
    [["--file"], "'--file <value>' argument missing"],
    [["--file", "a", "--force"], "Unknown option '--force'"],
    [["30", "--file", "a"], '"30" belongs to no option. Options stand after two dashes.'],
  ])("that makes no sense is refused in one line: %j", (args, sentence) => {
    const refused = () => parseCommandLine(command, args);
    expect(refused).toThrow(StartProblem);
    expect(refused).toThrow(sentence);
    expect(refused).toThrow(/^.*Try: npm run things:tidy -- --help$/);
  });

  it("may ask for help before anything else is in order", () => {
    expect(parseCommandLine(command, ["--help"])).toBe("help");
    expect(usageOf(command)).toContain(
      "npm run things:tidy -- [options]\n\nTidies things.\n\n  --older-than DAYS  how old",
    );
  });
});
