import { describe, expect, it } from "vitest";
import { db as driverDb } from "@/db/client";
import { testDb } from "@/db/testing";
import { events } from "@/db/schema/workspaces";
import { eq } from "drizzle-orm";
import { givenDialog } from "@/modules/handoff/testing";
import { reportAct } from "@/modules/handoff/server/company/service";
import type { WorkspaceEvent } from "@/modules/realtime/contract";
import { streamEvents } from "@/modules/realtime/server/stream";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";

const db = testDb();

async function openStream(ctx: MemberCtx) {
  const abort = new AbortController();
  const stream = streamEvents(ctx, undefined, async () => true, abort.signal);
  const next = async (): Promise<WorkspaceEvent> => {
    const result = await stream.next();
    if (result.done) throw new Error("The stream ended.");
    return result.value;
  };
  await next();
  const close = async () => {
    abort.abort();
    await stream.return(undefined);
  };
  return { next, close };
}

async function givenTeam() {
  const { ctx: anna, workspace } = await givenWorkspace(db);
  const { ctx: ben } = await givenMember(db, workspace.id);
  const { dialogId } = await givenDialog(anna);
  return { anna, ben, dialogId };
}

const marker = (ctx: MemberCtx) => publish(ctx, { type: "presence.changed", ids: {} });

describe("who looks and who types", () => {
  it("reaches the colleagues at once, and is never told to the person itself", async () => {
    const { anna, ben, dialogId } = await givenTeam();
    const [hers, his] = [await openStream(anna), await openStream(ben)];
    await reportAct(ben, { dialogId, act: "viewing" });
    await reportAct(ben, { dialogId, act: "typing" });
    await reportAct(ben, { dialogId, act: "typing", isOver: true });
    const ids = { dialogId, userId: ben.actor.userId };
    expect(await hers.next()).toMatchObject({ type: "viewing.start", ids });
    expect(await hers.next()).toMatchObject({ type: "typing.start", ids });
    expect(await hers.next()).toMatchObject({ type: "typing.stop", ids });
    await marker(ben);
    expect((await his.next()).type).toBe("presence.changed");
    await Promise.all([hers.close(), his.close()]);
  });

  it("is heard through the database, so by every process of the installation", async () => {
    const { ben, dialogId } = await givenTeam();
    const heard = Promise.withResolvers<string>();
    const { unlisten } = await driverDb().$client.listen("chatai_events", (payload) => {
      if (payload.includes(dialogId)) heard.resolve(payload);
    });
    await reportAct(ben, { dialogId, act: "typing" });
    expect(JSON.parse(await heard.promise)).toEqual({
      w: ben.workspaceId,
      t: "typing.start",
      i: { dialogId, userId: ben.actor.userId },
    });
    await unlisten();
  });

  it("leaves no trace: nothing is stored, and no number is used up", async () => {
    const { anna, ben, dialogId } = await givenTeam();
    const hers = await openStream(anna);
    const stored = () => db.select().from(events).where(eq(events.workspaceId, anna.workspaceId));
    const before = await stored();
    await reportAct(ben, { dialogId, act: "typing" });
    const typing = await hers.next();
    expect(typing.seq).toBe(before.length);
    expect(await stored()).toEqual(before);
    await marker(ben);
    expect((await hers.next()).seq).toBe(typing.seq + 1);
    await hers.close();
  });

  it("stays in the workspace", async () => {
    const { ben, dialogId } = await givenTeam();
    const stranger = await givenWorkspace(db);
    const theirs = await openStream(stranger.ctx);
    await reportAct(ben, { dialogId, act: "typing" });
    await marker(stranger.ctx);
    expect((await theirs.next()).type).toBe("presence.changed");
    await theirs.close();
  });

  it("cannot be said of a dialog of another workspace", async () => {
    const { dialogId } = await givenTeam();
    const stranger = await givenWorkspace(db);
    await expect(reportAct(stranger.ctx, { dialogId, act: "typing" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is forgotten by a reader who does not keep up, while events are not", async () => {
    const { anna, ben, dialogId } = await givenTeam();
    const hers = await openStream(anna);
    for (let n = 0; n < 200; n += 1) await reportAct(ben, { dialogId, act: "typing" });
    await marker(ben);
    const seen: string[] = [];
    while (seen.at(-1) !== "presence.changed") seen.push((await hers.next()).type);
    expect(seen.length).toBeLessThan(100);
    await hers.close();
  });
});
