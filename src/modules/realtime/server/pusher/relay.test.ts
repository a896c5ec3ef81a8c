import Pusher from "pusher-js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing";
import { channelsOf } from "@/modules/realtime/pusher/contract";
import { removeMember } from "@/modules/workspaces/server/members";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import type { PusherSettings } from "@/server/pusher-settings";
import { publish, signal } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { FakePusher } from "../../../../../e2e/fakes/pusher-server";
import { currentSeq } from "../repository";
import { pusherGateway } from "./gateway";
import { relayTo } from "./relay";
import { authorizeChannel } from "./service";

const db = testDb();
let fake: FakePusher;
let relays: ReturnType<typeof relayTo>[] = [];
let clients: Pusher[] = [];

beforeEach(async () => {
  fake = await new FakePusher().start();
  [relays, clients] = [[], []];
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  await Promise.all(relays.map((relay) => relay.stop()));
  await fake.stop();
});

const settings = (): PusherSettings => ({
  ...fake.app,
  cluster: "mt1",
  host: "127.0.0.1",
  port: fake.port,
  isSecure: false,
});
const gateway = () => pusherGateway(settings());
const startOne = () => relays.push(relayTo(gateway()));
/** What was said to a workspace, without where it stands. */
const hintsTo = (ctx: MemberCtx) =>
  fake.published
    .filter(({ channel }) => channel === channelsOf(ctx.workspaceId).hints)
    .map(({ data }) => data as { seq?: number; type: string; ids: Record<string, string> });
const numbersTo = (ctx: MemberCtx) => hintsTo(ctx).flatMap(({ type, seq }) => (type === "connected" ? [] : [seq]));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

async function publishMany(ctx: MemberCtx, count: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    for (let n = 0; n < count; n += 1) await publish(tx, { type: "message.new", ids: { n: String(n) } });
  });
}

/** A tab with the real client library: authorised by our own rules, as the browser is. */
function openTab(ctx: MemberCtx, channel = channelsOf(ctx.workspaceId).hints) {
  const client = new Pusher(fake.app.key, {
    cluster: "mt1",
    wsHost: "127.0.0.1",
    wsPort: fake.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    userAuthentication: {
      customHandler: ({ socketId }, done) => done(null, gateway().signIn(socketId, ctx.actor.userId)),
    },
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, done) => {
        try {
          done(null, authorizeChannel(ctx, { socketId, channel: channelName }, gateway));
        } catch (error) {
          done(error instanceof Error ? error : new Error("refused"), null);
        }
      },
    },
  });
  clients.push(client);
  client.signin();
  const heard: { seq?: number; type: string }[] = [];
  const subscribed = Promise.withResolvers<boolean>();
  const subscription = client.subscribe(channel);
  subscription.bind("pusher:subscription_succeeded", () => subscribed.resolve(true));
  subscription.bind("pusher:subscription_error", () => subscribed.resolve(false));
  subscription.bind("hint", (hint: { seq?: number; type: string }) => heard.push(hint));
  return { client, heard, subscribed: subscribed.promise };
}

describe("the relay to Pusher", () => {
  it("says each hint once and in order, however many processes run", async () => {
    const { ctx } = await givenWorkspace(db);
    for (let n = 0; n < 3; n += 1) startOne();
    const tab = openTab(ctx);
    expect(await tab.subscribed).toBe(true);
    // Only a relay that hears already can pass on; the first signs of life are signals.
    await until(async () => {
      await signal(ctx, { type: "typing.start", ids: { dialogId: "d", userId: "u" } });
      expect(tab.heard.some(({ type }) => type === "typing.start")).toBe(true);
    });
    await publishMany(ctx, 37);
    await until(() => expect(numbersTo(ctx).filter(Boolean)).toHaveLength(37));
    expect(numbersTo(ctx).filter(Boolean)).toEqual(range(1, 37));
    await until(() => expect(tab.heard.filter(({ type }) => type === "message.new")).toHaveLength(37));
    expect(fake.refusals).toEqual([]);
  });

  it("goes on in another process when the first one ends, and says where the workspace stands by then", async () => {
    const { ctx } = await givenWorkspace(db);
    startOne();
    const tab = openTab(ctx);
    await tab.subscribed;
    await until(async () => {
      await publishMany(ctx, 1);
      expect(numbersTo(ctx).length).toBeGreaterThan(0);
    });
    await relays[0]?.stop();
    await publishMany(ctx, 5);
    const said = tab.heard.length;
    startOne();
    await until(() => expect(tab.heard.slice(said).map(({ type }) => type)).toContain("connected"));
    const standing = tab.heard.slice(said).find(({ type }) => type === "connected");
    await publishMany(ctx, 1);
    await until(() => expect(tab.heard.at(-1)?.seq).toBe((standing?.seq ?? 0) + 1));
  });

  it("outlasts a failure of Pusher: afterwards a tab knows how far behind it is", async () => {
    const { ctx } = await givenWorkspace(db);
    startOne();
    const tab = openTab(ctx);
    await tab.subscribed;
    await until(async () => {
      await publishMany(ctx, 1);
      expect(tab.heard.length).toBeGreaterThan(0);
    });
    fake.isUp = false;
    await publishMany(ctx, 3);
    fake.isUp = true;
    await publishMany(ctx, 1);
    const last = await currentSeq(db, ctx.workspaceId);
    await until(() => expect(Math.max(...tab.heard.map(({ seq }) => seq ?? 0))).toBe(last));
  });

  it("ends the connections of a person who is removed, and lets them into nothing again", async () => {
    const { ctx, workspace } = await givenWorkspace(db);
    const { ctx: ben } = await givenMember(db, workspace.id);
    startOne();
    const [hers, his] = [openTab(ctx), openTab(ben)];
    await Promise.all([hers.subscribed, his.subscribed]);
    const channel = channelsOf(ctx.workspaceId).hints;
    await until(() => expect(fake.usersOf(channel)).toHaveLength(2));
    await until(async () => {
      await publishMany(ctx, 1);
      expect(hers.heard.length).toBeGreaterThan(0);
    });
    await removeMember(ctx, { userId: ben.actor.userId });
    await until(() => expect(fake.usersOf(channel)).toEqual([ctx.actor.userId]));
    // The protocol's refusals between 4000 and 4099 are final for the client library.
    await until(() => expect(his.client.connection.state).toBe("disconnected"));
  });
});

describe("the authorisation of a channel", () => {
  it("is refused for another workspace, by us and by the server", async () => {
    const [mine, theirs] = [await givenWorkspace(db), await givenWorkspace(db)];
    const foreign = channelsOf(theirs.ctx.workspaceId);
    expect(await openTab(mine.ctx, foreign.hints).subscribed).toBe(false);
    expect(await openTab(mine.ctx, foreign.presence).subscribed).toBe(false);
    expect(await openTab(mine.ctx).subscribed).toBe(true);
    const ask = (channel: string) => authorizeChannel(mine.ctx, { socketId: "1.2", channel }, gateway);
    for (const channel of [foreign.hints, "private-workspace-", "presence-workspace-*", "private-encrypted-x"])
      expect(() => ask(channel)).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
  });

  it("says on the presence channel whose tab it is, and nothing else about the person", async () => {
    const { ctx } = await givenWorkspace(db);
    const { presence } = channelsOf(ctx.workspaceId);
    const { channel_data } = authorizeChannel(ctx, { socketId: "1.2", channel: presence }, gateway);
    expect(JSON.parse(channel_data ?? "")).toEqual({ user_id: ctx.actor.userId });
  });
});
