import { describe, expect, it } from "vitest";
import { HANDOFF_STATUSES } from "@/db/enums";
import {
  decide,
  HANDOFF_EVENTS,
  type HandoffActor,
  type HandoffFacts,
  isQuiet,
  mayTake,
  presenceOf,
  rungOf,
  urgencyOf,
} from "./rules";

const holder: HandoffActor = { userId: "ben", mayOverride: false };
const colleague: HandoffActor = { userId: "ann", mayOverride: false };
const owner: HandoffActor = { userId: "olga", mayOverride: true };
const nobody: HandoffActor = { userId: null, mayOverride: false };
const factsOf = (status: HandoffFacts["status"], overrides: Partial<HandoffFacts> = {}): HandoffFacts => ({
  status,
  isOpen: true,
  isPreview: false,
  holderId: status === "active" ? "ben" : null,
  ...overrides,
});
const said = (facts: HandoffFacts, event: (typeof HANDOFF_EVENTS)[number], actor: HandoffActor) => {
  const decision = decide(facts, event, actor);
  if (decision.kind === "move") return decision.outcome ? `${decision.to} (${decision.outcome})` : decision.to;
  return decision.kind === "stay" ? "stay" : decision.reason;
};

describe("the table of transitions", () => {
  it.each([
    ["none", "request", "requested"],
    ["none", "take", "active"],
    ["none", "transfer", "with-assistant"],
    ["none", "release", "with-assistant"],
    ["none", "cancel", "not-waiting"],
    ["none", "expire", "not-waiting"],
    ["none", "lose", "with-assistant"],
    ["none", "reset", "with-assistant"],
    ["none", "close", "stay"],
    ["requested", "request", "stay"],
    ["requested", "take", "active"],
    ["requested", "transfer", "waiting"],
    ["requested", "release", "waiting"],
    ["requested", "cancel", "none (cancelled)"],
    ["requested", "expire", "none (expired)"],
    ["requested", "lose", "waiting"],
    ["requested", "reset", "none (cancelled)"],
    ["requested", "close", "none (closed)"],
    ["active", "request", "with-operator"],
    ["active", "take", "stay"],
    ["active", "transfer", "active"],
    ["active", "release", "none (released)"],
    ["active", "cancel", "with-operator"],
    ["active", "expire", "with-operator"],
    ["active", "lose", "requested (expired)"],
    ["active", "reset", "none (released)"],
    ["active", "close", "none (closed)"],
  ] as const)("%s + %s by the holder → %s", (status, event, expected) => {
    expect(said(factsOf(status), event, holder)).toBe(expected);
  });

  it.each([
    ["take", colleague, "with-operator"],
    ["take", owner, "with-operator"],
    ["release", colleague, "not-yours"],
    ["release", owner, "none (released)"],
    ["release", nobody, "not-yours"],
    ["transfer", colleague, "not-yours"],
    ["transfer", owner, "active"],
    ["lose", nobody, "requested (expired)"],
  ] as const)("active + %s by somebody else → the rule of the role", (event, actor, expected) => {
    expect(said(factsOf("active"), event, actor)).toBe(expected);
  });

  it.each(HANDOFF_STATUSES.flatMap((status) => HANDOFF_EVENTS.map((event) => [status, event] as const)))(
    "an ended dialog does not move: %s + %s",
    (status, event) => {
      const result = said(factsOf(status, { isOpen: false }), event, owner);
      if (event !== "close") expect(result).toBe("ended");
    },
  );

  it.each(["request", "take"] as const)("a playground dialog never enters the queue by %s", (event) => {
    expect(said(factsOf("none", { isPreview: true }), event, owner)).toBe("preview");
  });

  it("nobody is the holder of a dialog whose holder's account is gone", () => {
    expect(said(factsOf("active", { holderId: null }), "release", nobody)).toBe("not-yours");
    expect(said(factsOf("active", { holderId: null }), "release", owner)).toBe("none (released)");
  });
});

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

describe("the quiet period after a release", () => {
  it.each([
    ["keyword", 0, true],
    ["fallback", 299, true],
    ["retries", 299, true],
    ["auto_trigger", 100, true],
    ["keyword", 300, false],
    ["manual", 1, false],
    ["operator_lost", 1, false],
  ] as const)("%s %i s after a release: quiet is %s", (reason, seconds, expected) => {
    expect(isQuiet(reason, at(0), at(seconds))).toBe(expected);
  });

  it("does not exist for a dialog that was never released", () => {
    expect(isQuiet("keyword", null, at(0))).toBe(false);
  });
});

describe("the ladder", () => {
  it.each([
    ["telegram", 179, 0],
    ["telegram", 180, 1],
    ["telegram", 360, 2],
    ["telegram", 720, 3],
    ["widget", 299, 0],
    ["widget", 300, 1],
    ["api", 600, 2],
    ["widget", 1_799, 3],
  ] as const)("%s after %i s is on rung %i", (channel, seconds, rung) => {
    expect(rungOf(channel, seconds * 1000)).toBe(rung);
  });

  it.each([
    [9, "normal"],
    [10, "important"],
    [59, "important"],
    [60, "critical"],
  ] as const)("%i minutes are %s", (minutes, urgency) => {
    expect(urgencyOf(minutes * 60_000)).toBe(urgency);
  });
});

describe("presence", () => {
  const facts = { status: "online", heartbeatAt: at(0), visibleAt: at(0), hiddenAt: null } as const;

  it.each([
    ["is online with a fresh heartbeat", facts, 90, "online"],
    ["is offline after 90 s of silence, whatever was said last", facts, 91, "offline"],
    ["is offline without any heartbeat", { ...facts, heartbeatAt: null }, 0, "offline"],
    ["is what the person chose", { ...facts, status: "away" as const }, 5, "away"],
    ["is away once every tab is hidden", { ...facts, heartbeatAt: at(20), hiddenAt: at(20) }, 21, "away"],
    ["is back as soon as a tab is seen", { ...facts, visibleAt: at(30), hiddenAt: at(20) }, 31, "online"],
  ] as const)("%s", (_name, given, seconds, expected) => {
    expect(presenceOf(given, at(seconds))).toBe(expected);
  });

  it("does not exist for somebody who was never here", () => {
    expect(presenceOf(null, at(0))).toBe("offline");
  });

  it.each([
    ["the silent, who are here by acting", facts, 600, true],
    ["the online", facts, 10, true],
    ["nobody who has just said away", { ...facts, status: "away" as const }, 10, false],
    ["nobody who has just said offline", { ...facts, status: "offline" as const }, 10, false],
    ["somebody whose tab is hidden", { ...facts, hiddenAt: at(5) }, 10, true],
  ] as const)("lets %s take", (_name, given, seconds, expected) => {
    expect(mayTake(given, at(seconds))).toBe(expected);
  });
});
