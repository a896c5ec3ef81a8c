import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { auditedOperations } from "@/modules/audit/testing";
import type { SaveHoursInput, SaveLadderInput } from "@/modules/handoff/hours/contract";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { reachOf, saveHours, saveLadder, settingsOf } from "./service";

const db = testDb();
const overtaken = expect.objectContaining({
  code: "CONFLICT",
  facts: expect.objectContaining({ reason: "settings-changed" }),
});
const NIGHT = { from: 22 * 60, to: 6 * 60 };
const hours = (more: Partial<SaveHoursInput> = {}): SaveHoursInput => ({
  version: 0,
  isAlwaysOpen: false,
  timeZone: "Europe/Berlin",
  week: [[NIGHT], [], [], [], [], [], []],
  specialDays: [],
  ...more,
});
const ladder = (more: Partial<SaveLadderInput> = {}): SaveLadderInput => ({
  version: 0,
  siteSlaMinutes: 10,
  telegramSlaMinutes: 2,
  rungs: [{ times: 1, tell: ["owners", "extra"] }],
  requestTell: ["team"],
  extraEmails: ["Duty@Example.com"],
  expiresAfterMinutes: 0,
  operatorLostAfterMinutes: 0,
  ...more,
});

describe("the settings about reaching people", () => {
  it("are always open with the figures of the product before anybody sets them", async () => {
    const { ctx } = await givenWorkspace(db);
    expect(await settingsOf(ctx)).toMatchObject({
      isAlwaysOpen: true,
      siteSlaMinutes: 5,
      telegramSlaMinutes: 3,
      expiresAfterMinutes: 30,
      operatorLostAfterMinutes: 5,
      version: 0,
    });
    expect(await reachOf(ctx)).toMatchObject({ isOpen: true, closesAt: null });
  });

  it("keep hours and ladder beside each other, in order and without repeats", async () => {
    const { ctx } = await givenWorkspace(db);
    const day = (date: string) => ({ day: date, name: " Holiday ", isYearly: true, intervals: [] });
    await saveHours(ctx, hours({ specialDays: [day("2026-12-25"), day("2026-01-01")] }));
    const saved = await saveLadder(ctx, ladder({ version: 1, extraEmails: ["duty@example.com", "DUTY@example.com"] }));
    expect(saved).toMatchObject({
      week: [[NIGHT], [], [], [], [], [], []],
      specialDays: [{ day: "2026-01-01", name: "Holiday" }, { day: "2026-12-25" }],
      siteSlaMinutes: 10,
      extraEmails: ["duty@example.com"],
      version: 2,
    });
    expect(await settingsOf(ctx)).toEqual(saved);
    expect(await auditedOperations(db, ctx.workspaceId)).toEqual(
      expect.arrayContaining(["handoff.hours-set", "handoff.ladder-set"]),
    );
  });

  it("are never overwritten unseen: of two saves at once one wins, and an old one is refused", async () => {
    const { ctx } = await givenWorkspace(db);
    const results = await Promise.allSettled([saveHours(ctx, hours()), saveHours(ctx, hours({ timeZone: null }))]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(saveLadder(ctx, ladder())).rejects.toEqual(overtaken);
    expect((await settingsOf(ctx)).siteSlaMinutes).toBe(5);
  });

  it("of one workspace are nobody else's", async () => {
    const [{ ctx }, { ctx: other }] = [await givenWorkspace(db), await givenWorkspace(db)];
    await saveHours(ctx, hours({ week: [[], [], [], [], [], [], []] }));
    expect((await reachOf(ctx)).isOpen).toBe(false);
    expect((await reachOf(other)).isOpen).toBe(true);
  });

  it.each([
    ["a zone that does not exist", hours({ timeZone: "Mars/Olympus" })],
    ["six days", hours({ week: [[], [], [], [], [], []] })],
    ["hours that overlap", hours({ week: [[NIGHT, { from: 23 * 60, to: 1440 }], [], [], [], [], [], []] })],
    ["a stretch that ends where it begins", hours({ week: [[{ from: 60, to: 60 }], [], [], [], [], [], []] })],
    ["a day that is none", hours({ specialDays: [{ day: "2026-02-30" }] })],
    ["one day twice", hours({ specialDays: [{ day: "2026-02-03" }, { day: "2026-02-03" }] })],
  ])("refuse %s", async (_, input) => {
    const { ctx } = await givenWorkspace(db);
    await expect(saveHours(ctx, input)).rejects.toThrow();
    expect((await settingsOf(ctx)).version).toBe(0);
  });

  it.each([
    [
      "steps that do not rise",
      ladder({
        rungs: [
          { times: 2, tell: [] },
          { times: 2, tell: [] },
        ],
      }),
    ],
    ["a promise of nothing", ladder({ siteSlaMinutes: 0 })],
    ["a minute until somebody is lost", ladder({ operatorLostAfterMinutes: 1 })],
    ["an address that is none", ladder({ extraEmails: ["nobody"] })],
  ])("refuse %s", async (_, input) => {
    const { ctx } = await givenWorkspace(db);
    await expect(saveLadder(ctx, input)).rejects.toThrow();
  });
});
