import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_EMAIL, seedDemo } from "@/cli/seed";
import { DEMO_SHOPS } from "@/cli/demo/content";
import { documents, qaEntries } from "@/db/schema/knowledge";
import { assistants } from "@/db/schema/assistants";
import { users } from "@/db/schema/users";
import { testDb } from "@/db/testing";
import { findAccountByEmail } from "@/modules/users/server/repository";
import { findDemo } from "./repository";

const PASSWORD = "demo-0123abcd-1a";
const uploads = () => path.join(process.env.DATA_DIR ?? "", "uploads");

async function countIn(table: typeof assistants | typeof documents | typeof qaEntries, workspaceId: string) {
  return testDb().$count(table, eq(table.workspaceId, workspaceId));
}

async function waitingJobs(name: string) {
  const [row] = await testDb().execute<{ count: number }>(
    sql`select count(*)::int from graphile_worker.jobs where task_identifier = ${name}`,
  );
  return row?.count ?? 0;
}

describe("the demo workspace", () => {
  beforeAll(() => forgetDemo());
  afterAll(() => forgetDemo());

  it("leaves nothing half-made behind when the start breaks off in the middle", async () => {
    await rm(uploads(), { recursive: true, force: true });
    await writeFile(uploads(), "a file where the folder should be");
    await expect(seedDemo(PASSWORD)).rejects.toThrow();
    await rm(uploads());
    expect(await findDemo(testDb())).toBeNull();
    expect(await findAccountByEmail(testDb(), DEMO_EMAIL)).toBeNull();
  });

  it("is made once, however many starts run at the same time", async () => {
    const before = await waitingJobs("site.demo-talks-planned");
    const signIns = await Promise.all([seedDemo(PASSWORD), seedDemo(PASSWORD)]);
    expect(signIns).toEqual([1, 2].map(() => ({ email: DEMO_EMAIL, password: PASSWORD })));
    const demo = await findDemo(testDb());
    const workspaceId = demo?.workspaceId ?? "";
    const shops = Object.values(DEMO_SHOPS);
    expect(await countIn(assistants, workspaceId)).toBe(2);
    expect(await countIn(documents, workspaceId)).toBe(shops.flatMap((shop) => shop.documents).length);
    expect(await countIn(qaEntries, workspaceId)).toBe(shops.flatMap((shop) => shop.qa).length);
    expect((await waitingJobs("site.demo-talks-planned")) - before).toBe(shops.length);
  });

  it("does not come back after its people have deleted it", async () => {
    await testDb().delete(users).where(eq(users.email, DEMO_EMAIL));
    expect(await seedDemo(PASSWORD)).toBeNull();
    expect(await findAccountByEmail(testDb(), DEMO_EMAIL)).toBeNull();
  });

  it("leaves an account alone that somebody registered under its address", async () => {
    await forgetDemo();
    await testDb().insert(users).values({ email: DEMO_EMAIL, name: "Anna" });
    expect(await seedDemo(PASSWORD)).toBeNull();
    expect(await findDemo(testDb())).toBeNull();
  });
});

async function forgetDemo() {
  const demo = await findDemo(testDb());
  if (demo) await testDb().execute(sql`delete from workspaces where id = ${demo.workspaceId}::uuid`);
  await testDb().delete(users).where(eq(users.email, DEMO_EMAIL));
  await testDb().execute(sql`delete from system_settings where category in ('site', 'once')`);
}
