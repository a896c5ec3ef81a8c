import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { hasCurrentBuild, recordBuild, sourceHash } from "./build-hash";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "chatai-hash-"));
  await mkdir(path.join(root, "src", "lib"), { recursive: true });
  await writeFile(path.join(root, "package-lock.json"), "{}");
  await writeFile(path.join(root, "src", "lib", "money.ts"), "export const micros = 1;");
});

describe("a build is current", () => {
  it("when it was made from these very sources", async () => {
    expect(await hasCurrentBuild(root)).toBe(false);
    await recordBuild(root, await sourceHash(root));
    expect(await hasCurrentBuild(root)).toBe(true);
  });

  it.each([
    ["a source changes", "src/lib/money.ts", "export const micros = 2;"],
    ["a source appears", "src/lib/dates.ts", ""],
    ["the packages change", "package-lock.json", '{"packages":{}}'],
    ["the configuration changes", "next.config.ts", "export default {};"],
  ])("until %s", async (_, file, content) => {
    await recordBuild(root, await sourceHash(root));
    await writeFile(path.join(root, file), content);
    expect(await hasCurrentBuild(root)).toBe(false);
  });

  it("whatever tests say", async () => {
    await recordBuild(root, await sourceHash(root));
    await writeFile(path.join(root, "src", "lib", "money.test.ts"), "it.todo('later')");
    expect(await hasCurrentBuild(root)).toBe(true);
  });

  it("no longer once a new build has begun", async () => {
    await recordBuild(root, await sourceHash(root));
    await recordBuild(root, null);
    expect(await hasCurrentBuild(root)).toBe(false);
  });
});
