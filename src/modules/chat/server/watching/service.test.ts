import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { accountsOf } from "@/modules/balance/testing";
import { givenTurn } from "@/modules/chat/testing";
import { takeDialog } from "@/modules/handoff/server/holding";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { startModelServer } from "../../../../../e2e/fakes/model-server";
import { startTurn } from "../turn";
import { watchDialog } from "./service";

const model = await startModelServer();
Object.assign(process.env, { OPENAI_BASE_URL: model.url, AI_MODEL: "fake-standard" });
afterAll(() => model.close());

const db = testDb();
const SLOW = "It costs 300 roubles and takes two days, sometimes three when the weather is bad on the way.";
beforeEach(() => model.set({ firstTokenMs: 0, tokenMs: 40, mishap: undefined, reply: () => SLOW }));

describe("watching the assistant write", () => {
  it("shows the words as they come, without changing what the visitor gets", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref } = await givenTurn(ctx);
    const running = startTurn(ctx, ref);
    const seen: string[] = [];
    await expect
      .poll(async () => {
        const text = (await watchDialog(ctx, ref)).running?.text ?? "";
        if (text !== "" && text !== seen.at(-1)) seen.push(text);
        return seen.length;
      })
      .toBeGreaterThan(2);
    for (const text of seen) expect(SLOW.startsWith(text.trim())).toBe(true);
    expect(await running).toMatchObject({ ok: true, answer: { text: SLOW } });
    expect(await watchDialog(ctx, ref)).toEqual({ running: null, unsent: [] });
  });

  it("keeps what a takeover stopped, unsent and uncharged, whether somebody watched or not", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref } = await givenTurn(ctx);
    const before = (await accountsOf(db, ctx.workspaceId)).availableMicros;
    let heard = "";
    const running = startTurn(ctx, ref, {
      onPart: (part) => {
        if (part.type === "text") heard += part.text;
      },
    });
    await expect.poll(() => heard.length).toBeGreaterThan(10);
    await takeDialog(ctx, { dialogId: ref.dialogId });
    expect(await running).toEqual({ ok: false, reason: "handoff", notice: null });
    const { running: now, unsent } = await watchDialog(ctx, ref);
    expect(now).toBeNull();
    expect(unsent).toEqual([{ id: expect.any(String), text: heard, at: expect.any(Date) }]);
    expect(await accountsOf(db, ctx.workspaceId)).toMatchObject({ availableMicros: before, heldMicros: 0 });
  });

  it("is not for another workspace", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref } = await givenTurn(ctx);
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(watchDialog(stranger, ref)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
