import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { authSessions, users } from "@/db/schema/users";
import { givenUser } from "@/modules/users/testing";
import { givenSession } from "../testing";
import { findPerson, openSession } from "./session";
import { endSession, listSessions } from "./sessions";

const db = testDb();
const headersWith = (cookie: string) => new Headers({ cookie });
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

async function idleFor(sessionId: string, hours: number) {
  await db
    .update(authSessions)
    .set({ lastSeenAt: hoursAgo(hours) })
    .where(eq(authSessions.id, sessionId));
}

describe("a session", () => {
  it("is recognised by its cookie and by nothing forged", async () => {
    const user = await givenUser(db);
    const { cookie, sessionId } = await givenSession(db, user);
    expect(await findPerson(headersWith(cookie))).toMatchObject({ userId: user.id, sessionId });
    expect(await findPerson(headersWith(`${cookie.slice(0, -4)}AAAA`))).toBeNull();
    expect(await findPerson(headersWith("next-auth.session-token=garbage"))).toBeNull();
    expect(await findPerson(new Headers())).toBeNull();
  });

  it("is listed with its device, and ends when it is revoked elsewhere", async () => {
    const user = await givenUser(db);
    const here = await givenSession(db, user);
    const phone = await givenSession(db, user);
    const { items } = await listSessions(here.ctx);
    expect(items.map((item) => [item.id, item.isCurrent]).sort()).toEqual(
      [
        [here.sessionId, true],
        [phone.sessionId, false],
      ].sort(),
    );
    await endSession(here.ctx, { id: phone.sessionId });
    expect(await findPerson(headersWith(phone.cookie))).toBeNull();
    expect((await listSessions(here.ctx)).items).toHaveLength(1);
  });

  it("of somebody else cannot be seen or ended", async () => {
    const mine = await givenSession(db, await givenUser(db));
    const theirs = await givenSession(db, await givenUser(db));
    await expect(endSession(mine.ctx, { id: theirs.sessionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await openSession(theirs.sessionId)).not.toBeNull();
  });

  it("ends at once when the account is blocked", async () => {
    const user = await givenUser(db);
    const { cookie } = await givenSession(db, user);
    await db.update(users).set({ status: "blocked" }).where(eq(users.id, user.id));
    expect(await findPerson(headersWith(cookie))).toBeNull();
  });

  it("slides for 30 days of use, and for staff ends after a day of idleness", async () => {
    const person = await givenSession(db, await givenUser(db));
    const staff = await givenSession(db, await givenUser(db, { role: "admin" }));
    await idleFor(person.sessionId, 25);
    await idleFor(staff.sessionId, 25);
    expect(await openSession(person.sessionId)).not.toBeNull();
    expect(await openSession(staff.sessionId)).toBeNull();
    const [row] = await db.select().from(authSessions).where(eq(authSessions.id, person.sessionId));
    expect(row?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 29.9 * 86_400_000);
    await db
      .update(authSessions)
      .set({ expiresAt: hoursAgo(1) })
      .where(eq(authSessions.id, person.sessionId));
    expect(await openSession(person.sessionId)).toBeNull();
  });
});
