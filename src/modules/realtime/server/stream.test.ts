import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import type { WorkspaceEvent } from "@/modules/realtime/contract";
import { KEPT_EVENTS, pruneEvents } from "@/modules/realtime/server/repository";
import { isStillMember } from "@/modules/realtime/server/access";
import { listMissed } from "@/modules/realtime/server/catch-up";
import { MAX_STREAMS, streamEvents } from "@/modules/realtime/server/stream";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";

const always = async () => true;

function openStream(ctx: MemberCtx, afterSeq?: number) {
  const abort = new AbortController();
  const stream = streamEvents(ctx, afterSeq, always, abort.signal);
  const next = async (): Promise<WorkspaceEvent> => {
    const result = await stream.next();
    if (result.done) throw new Error("The stream ended.");
    return result.value;
  };
  const close = async () => {
    abort.abort();
    await stream.return(undefined);
  };
  return { next, close, stream };
}

async function publishMany(ctx: MemberCtx, count: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    for (let n = 0; n < count; n += 1) await publish(tx, { type: "message.new", ids: { n: String(n) } });
  });
}

describe("the event stream", () => {
  it("delivers what is published while it is open, in order", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const stream = openStream(ctx);
    expect(await stream.next()).toMatchObject({ type: "connected", seq: 0 });
    await publishMany(ctx, 3);
    expect([(await stream.next()).seq, (await stream.next()).seq, (await stream.next()).seq]).toEqual([1, 2, 3]);
    await stream.close();
  });

  it("gives a tab that was away exactly what it missed, then goes on live", async () => {
    const { ctx } = await givenWorkspace(testDb());
    await publishMany(ctx, 5);
    const stream = openStream(ctx, 2);
    expect(await stream.next()).toMatchObject({ type: "connected", seq: 2 });
    expect([(await stream.next()).seq, (await stream.next()).seq, (await stream.next()).seq]).toEqual([3, 4, 5]);
    await publishMany(ctx, 1);
    expect((await stream.next()).seq).toBe(6);
    await stream.close();
  });

  it("tells a tab that was away too long to ask for everything anew", async () => {
    const { ctx } = await givenWorkspace(testDb());
    await publishMany(ctx, KEPT_EVENTS + 50);
    await pruneEvents(testDb());
    const stream = openStream(ctx, 1);
    await stream.next();
    expect(await stream.next()).toMatchObject({ type: "reset", seq: KEPT_EVENTS + 50 });
    await stream.close();
  });

  it("never shows one workspace the events of another", async () => {
    const [mine, theirs] = [await givenWorkspace(testDb()), await givenWorkspace(testDb())];
    const stream = openStream(mine.ctx);
    await stream.next();
    await publishMany(theirs.ctx, 2);
    await publishMany(mine.ctx, 1);
    expect(await stream.next()).toMatchObject({ type: "message.new", seq: 1, ids: { n: "0" } });
    await stream.close();
  });

  it("survives a burst larger than its queue without a gap", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const stream = openStream(ctx);
    await stream.next();
    await publishMany(ctx, 700);
    const seen: number[] = [];
    while (seen.length < 700) seen.push((await stream.next()).seq);
    expect(seen).toEqual(Array.from({ length: 700 }, (_, n) => n + 1));
    await stream.close();
  });

  it("ends when its signal does", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const abort = new AbortController();
    const stream = streamEvents(ctx, undefined, always, abort.signal);
    await stream.next();
    const last = stream.next();
    abort.abort();
    expect((await last).done).toBe(true);
  });
});

describe("the room in one process", () => {
  it("refuses a stream too many instead of getting slow for all, and lets in the next when one ends", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const streams = Array.from({ length: MAX_STREAMS }, () => openStream(ctx));
    await Promise.all(streams.map((stream) => stream.next()));
    await expect(openStream(ctx).next()).rejects.toMatchObject({ code: "EXTERNAL_UNAVAILABLE" });
    await streams[0]?.close();
    const late = openStream(ctx);
    expect((await late.next()).type).toBe("connected");
    await Promise.all([late, ...streams.slice(1)].map((stream) => stream.close()));
  });
});

describe("what a tab without a stream missed", () => {
  it("is told in order, with the newest number, and is nothing when there is nothing", async () => {
    const { ctx } = await givenWorkspace(testDb());
    expect(await listMissed(ctx, {})).toEqual({ seq: 0, events: [] });
    await publishMany(ctx, 3);
    const missed = await listMissed(ctx, { afterSeq: 1 });
    expect(missed).toMatchObject({ seq: 3, events: [{ seq: 2 }, { seq: 3 }] });
    expect(await listMissed(ctx, { afterSeq: 3 })).toEqual({ seq: 3, events: [] });
  });

  it("is a reset after too many, and for a number of another life of the database", async () => {
    const { ctx } = await givenWorkspace(testDb());
    await publishMany(ctx, KEPT_EVENTS + 5);
    await pruneEvents(testDb());
    const reset = { seq: KEPT_EVENTS + 5, events: [{ seq: KEPT_EVENTS + 5, type: "reset", ids: {} }] };
    expect(await listMissed(ctx, { afterSeq: 1 })).toEqual(reset);
    expect(await listMissed(ctx, { afterSeq: 99_999 })).toEqual(reset);
  });
});

describe("the right to listen", () => {
  it("ends with the membership", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const stranger = await givenWorkspace(testDb());
    expect(await isStillMember(ctx)).toBe(true);
    expect(await isStillMember({ ...ctx, actor: stranger.ctx.actor })).toBe(false);
  });
});
