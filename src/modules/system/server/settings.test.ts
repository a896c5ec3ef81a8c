import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { upsertSetting } from "@/modules/system/server/repository";
import { limitOf, setLimit } from "@/modules/system/server/settings";

describe("platform limits", () => {
  it("start with the figures of the product", async () => {
    expect(await limitOf(testDb(), "assistantsPerWorkspace")).toBe(10);
  });

  it("take effect when staff change them, and refuse nonsense", async () => {
    await setLimit(testDb(), "assistantsPerWorkspace", 12);
    expect(await limitOf(testDb(), "assistantsPerWorkspace")).toBe(12);
    await expect(setLimit(testDb(), "assistantsPerWorkspace", -1)).rejects.toThrow();
    await setLimit(testDb(), "assistantsPerWorkspace", 10);
  });

  it("fall back to the starting value when what is stored makes no sense", async () => {
    await upsertSetting(testDb(), "limits", "chatTurnsPerMinute", "many");
    expect(await limitOf(testDb(), "chatTurnsPerMinute")).toBe(60);
  });
});
