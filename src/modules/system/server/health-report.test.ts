import { describe, expect, it } from "vitest";
import { closeDb, openDb } from "@/db/client";
import { testDb } from "@/db/testing";
import { startLeases } from "@/server/jobs/leases";
import { newId } from "@/lib/ids";
import { type Finding, inspectHealth, judgeQueue, summarize } from "./health-report";

const now = new Date("2026-07-18T10:00:00Z");

describe("the health of an installation", () => {
  it("is an error without a worker, and none for want of one as soon as one holds its lease", async () => {
    const before = await inspectHealth(testDb(), undefined, now);
    expect(before).toMatchObject({ status: "error", checkedAt: now.toISOString() });
    expect(before.checks).toMatchObject({
      database: { status: "ok" },
      migrations: { status: "ok" },
      worker: { status: "error", reason: "none-running" },
      storage: { status: "ok" },
      redis: { status: "ok", reason: "not-configured" },
    });
    const leases = startLeases();
    await leases.add(`worker-${newId()}`);
    const { worker } = (await inspectHealth(testDb(), undefined, now)).checks;
    expect(worker).toMatchObject({ workers: 1 });
    expect(worker.reason).not.toBe("none-running");
    await leases.stop();
  });

  it("suffers where nobody takes jobs, and where they wait for long", () => {
    const queue = { workers: 2, lastClockAt: now, waiting: 40, oldestWaitSeconds: 300, failed: 3 };
    expect(judgeQueue(queue)).toEqual({ status: "ok", ...queue, lastClockAt: now.toISOString() });
    expect(judgeQueue({ ...queue, oldestWaitSeconds: 301 })).toMatchObject({
      status: "degraded",
      reason: "queue-is-long",
    });
    expect(judgeQueue({ ...queue, workers: 0, lastClockAt: null })).toMatchObject({
      status: "error",
      reason: "none-running",
      lastClockAt: null,
    });
  });

  it("names what cannot be reached and nothing of its address", async () => {
    const db = openDb("postgres://app:hunter2@127.0.0.1:1/app");
    const report = await inspectHealth(db, "redis://:hunter2@127.0.0.1:1", now);
    await closeDb(db, { timeout: 1 });
    expect(report.checks).toMatchObject({
      database: { status: "error", reason: "unreachable", code: "ECONNREFUSED" },
      worker: { status: "error", reason: "no-database" },
      redis: { status: "error", reason: "unreachable" },
    });
    expect(JSON.stringify(report)).not.toContain("hunter2");
  });

  it("is as bad as its worst part", () => {
    const all = (status: Finding["status"]) => ({ status });
    const parts = {
      database: all("ok"),
      migrations: all("ok"),
      worker: all("ok"),
      storage: all("ok"),
      disk: all("ok"),
      redis: all("ok"),
    };
    expect(summarize(parts, now).status).toBe("ok");
    expect(summarize({ ...parts, disk: all("degraded") }, now).status).toBe("degraded");
    expect(summarize({ ...parts, disk: all("degraded"), redis: all("error") }, now).status).toBe("error");
  });
});
