import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenSession } from "@/modules/auth/testing";
import { endSession } from "@/modules/auth/server/sessions";
import { mayStillListen } from "@/modules/realtime/server/access";
import { streamEvents } from "@/modules/realtime/server/stream";
import { leaveWorkspace, removeMember } from "@/modules/workspaces/server/members";
import { removeWorkspace } from "@/modules/workspaces/server/removal";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";

const db = testDb();
// Far below the quarter of a minute after which a stream would look by itself.
const AT_ONCE_MS = 5_000;

async function givenListener(memberOf: { workspaceId: MemberCtx["workspaceId"] }) {
  const { ctx: bare, user } = await givenMember(db, memberOf.workspaceId, { memberRole: "admin" });
  const { sessionId } = await givenSession(db, user);
  const ctx: MemberCtx = { ...bare, actor: { ...bare.actor, sessionId } };
  const abort = new AbortController();
  const stream = streamEvents(ctx, undefined, () => mayStillListen(ctx), abort.signal);
  const next = async () => (await stream.next()).value?.type;
  expect(await next()).toBe("connected");
  const signOut = (id: string) => endSession(ctx, { id });
  return { ctx, user, sessionId, signOut, next, close: () => abort.abort() };
}

describe("an open stream", { timeout: AT_ONCE_MS }, () => {
  it("ends at once with the sign-in, and only that one's", async () => {
    const { ctx: owner } = await givenWorkspace(db);
    const ben = await givenListener(owner);
    const { sessionId: elsewhere } = await givenSession(db, ben.user);
    await ben.signOut(elsewhere);
    await publish(owner, { type: "presence.changed", ids: {} });
    expect(await ben.next()).toBe("presence.changed");
    await ben.signOut(ben.sessionId);
    expect(await ben.next()).toBe("closed");
    expect(await ben.next()).toBeUndefined();
  });

  it("ends at once when the member is removed, before anything that happens later", async () => {
    const { ctx: owner } = await givenWorkspace(db);
    const ben = await givenListener(owner);
    await removeMember(owner, { userId: ben.ctx.actor.userId });
    await publish(owner, { type: "dialog.created", ids: {} });
    const told = [await ben.next()];
    while (told.at(-1) !== "closed") told.push(await ben.next());
    expect(told).not.toContain("dialog.created");
  });

  it("ends at once when the member leaves or the workspace is removed", async () => {
    const { ctx: owner, workspace } = await givenWorkspace(db);
    const [ben, eva] = [await givenListener(owner), await givenListener(owner)];
    await leaveWorkspace(ben.ctx);
    let last = await ben.next();
    while (last !== "closed") last = await ben.next();
    await removeWorkspace(owner, { name: workspace.name });
    last = await eva.next();
    while (last !== "closed") last = await eva.next();
    expect(last).toBe("closed");
  });

  it("goes on when somebody else loses access", async () => {
    const { ctx: owner } = await givenWorkspace(db);
    const [ben, eva] = [await givenListener(owner), await givenListener(owner)];
    await ben.signOut(ben.sessionId);
    await publish(owner, { type: "dialog.created", ids: {} });
    expect(await eva.next()).toBe("dialog.created");
    eva.close();
  });
});
