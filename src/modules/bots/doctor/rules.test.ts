import { describe, expect, it } from "vitest";
import { diagnose, type Examined, unreadCheck, type WebhookReading } from "./rules";

const now = new Date("2026-01-02T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const OWN = "https://chat.example/api/telegram/path";
const reading: WebhookReading = {
  url: OWN,
  pendingCount: 0,
  lastErrorAt: null,
  lastError: "",
  allowedUpdates: ["message", "callback_query"],
};
const healthy: Examined = {
  reading,
  ownUrl: OWN,
  ownPath: "path",
  wantedUpdates: ["message", "callback_query"],
  lastUpdateAt: ago(600),
  registeredAt: ago(3_600),
  before: { pendingCount: 0, wasSilent: false },
  now,
};
const read = (changes: Partial<WebhookReading>, more: Partial<Examined> = {}) =>
  diagnose({ ...healthy, ...more, reading: { ...reading, ...changes } });
const findings = ({ checks }: ReturnType<typeof diagnose>) => checks.map(({ finding }) => finding);
const failed = (lastError: string, secondsAgo = 60) => ({ lastError, lastErrorAt: ago(secondsAgo) });

describe("the doctor", () => {
  it("finds nothing wrong with a bot that works", () => {
    const diagnosis = diagnose(healthy);
    expect(findings(diagnosis)).toEqual(["accepted", "webhook", "complete", "empty", "none", "seen"]);
    expect(diagnosis).toMatchObject({ fault: null, isSafeToRepair: false });
  });

  it("knows a webhook of somebody else, names only its host, and leaves taking it back to a person", () => {
    const diagnosis = read({ url: "https://thief.example/secret-path" });
    expect(diagnosis).toMatchObject({ fault: "taken-over", isSafeToRepair: false });
    expect(JSON.stringify(diagnosis)).toContain("thief.example");
    expect(JSON.stringify(diagnosis)).not.toContain("secret-path");
  });

  it("knows a foreign webhook also where updates are fetched", () => {
    expect(read({ url: "https://thief.example" }, { ownUrl: null }).fault).toBe("taken-over");
    expect(read({ url: "" }, { ownUrl: null })).toMatchObject({ fault: null, isSafeToRepair: false });
  });

  it.each([
    ["a missing webhook", { url: "" }],
    ["our own address from before the installation moved", { url: "https://old.example/api/telegram/path" }],
    ["outdated kinds of updates", { allowedUpdates: ["message"] }],
    ["a secret that our door refused", failed("Wrong response from the webhook: 401 Unauthorized")],
  ])("may mend %s by itself", (_, changes) => {
    expect(read(changes).isSafeToRepair).toBe(true);
  });

  it.each([
    ["Wrong response from the webhook: 403 Forbidden", "forbidden"],
    ["SSL error {error:0A000086:SSL routines::certificate verify failed}", "certificate"],
    ["Connection timed out", "unreachable"],
    ["Connection refused", "unreachable"],
    ["Failed to resolve host: Name or service not known", "unreachable"],
    ["Wrong response from the webhook: 502 Bad Gateway", "server-error"],
    ["Something new", "recent"],
  ])("says what '%s' means and that the webhook fails", (message, finding) => {
    const diagnosis = read(failed(message));
    expect(findings(diagnosis)).toContain(finding);
    expect(diagnosis.fault).toBe("webhook-failing");
  });

  it("does not hold an error against a bot that received something since, or that was registered since", () => {
    expect(read(failed("Connection timed out"), { lastUpdateAt: ago(30) }).fault).toBeNull();
    expect(findings(read(failed("Connection timed out"), { registeredAt: ago(30) }))).toContain("none");
    expect(findings(read(failed("Connection timed out", 3_000)))).toContain("none");
  });

  it("tells a growing queue from a long one that shrinks", () => {
    expect(read({ pendingCount: 80 }, { before: { pendingCount: 40, wasSilent: false } }).fault).toBe("queue-growing");
    expect(read({ pendingCount: 40 }, { before: { pendingCount: 80, wasSilent: false } }).fault).toBeNull();
    expect(read({ pendingCount: 5 }, { before: { pendingCount: 1, wasSilent: false } }).fault).toBeNull();
  });

  it("calls Telegram silent only at the second visit, and a token revoked at once", () => {
    expect(diagnose({ ...healthy, reading: null }).fault).toBeNull();
    expect(diagnose({ ...healthy, reading: null, before: { pendingCount: 0, wasSilent: true } }).fault).toBe(
      "telegram-silent",
    );
    expect(diagnose({ ...healthy, reading: "revoked" }).fault).toBe("token-revoked");
  });
});

it.each([
  [
    { count: 0, lastReason: "" },
    { level: "ok", finding: "nothing-lost" },
  ],
  [
    { count: 2, lastReason: "malformed: message.chat.id" },
    { level: "warning", finding: "malformed", facts: { count: 2, place: "message.chat.id" } },
  ],
  [
    { count: 1, lastReason: "attempts-used-up" },
    { level: "warning", finding: "failed", facts: { count: 1 } },
  ],
])("tells the owner of updates that could not be processed: %j", (unread, expected) => {
  expect(unreadCheck(unread)).toMatchObject(expected);
});
