import { afterAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { accountsOf } from "@/modules/balance/testing";
import { givenQuestion } from "@/modules/chat/testing";
import { listMessages } from "@/modules/dialogs/server/service";
import { releaseDialog, takeDialog } from "@/modules/handoff/server/holding";
import { beat } from "@/modules/handoff/server/presence/service";
import { givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { startTurn } from "./turn";
import type { TurnOptions } from "./turn-options";

const model = await startModelServer({ reply: () => "It costs 300 roubles, and the courier comes on Friday." });
Object.assign(process.env, { OPENAI_BASE_URL: model.url, AI_MODEL: "fake-standard" });
afterAll(() => model.close());

const db = testDb();
const PRICE = 5_000_000;
const RACES = 1_000;
const AT_ONCE = 20;

/** The moments of a turn at which a person takes the dialog; the turn goes on beside it, and either may be faster. */
const MOMENTS = ["before", "begin", "first part", "third part", "seventh part", "after"] as const;
type Moment = (typeof MOMENTS)[number];
const PARTS: Partial<Record<Moment, number>> = { "first part": 1, "third part": 3, "seventh part": 7 };

function takingAt(moment: Moment, take: () => void): TurnOptions {
  let parts = 0;
  return {
    onBegin: () => void (moment === "begin" && take()),
    onPart: ({ type }) => {
      if (type !== "text") return;
      parts += 1;
      if (parts === PARTS[moment]) take();
    },
  };
}

describe("a thousand takeovers while the assistant writes", () => {
  it("let no word of it in behind the person, and charge exactly the answers that were there before", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: RACES * PRICE });
    const { id: assistantId } = await givenAssistant(ctx);
    await beat(ctx, { siteCapacity: AT_ONCE });
    const race = async (n: number) => {
      const moment = MOMENTS[n % MOMENTS.length] ?? "before";
      const ref = await givenQuestion(ctx, assistantId);
      let taking: Promise<unknown> | undefined;
      const take = () => void (taking ??= takeDialog(ctx, { dialogId: ref.dialogId }));
      if (moment === "before") {
        take();
        await taking;
      }
      const { ok } = await startTurn(ctx, ref, takingAt(moment, take));
      take();
      await taking;
      const said = (await listMessages(ctx, { dialogId: ref.dialogId, limit: 20 })).items.map(({ author }) => author);
      await releaseDialog(ctx, { dialogId: ref.dialogId });
      // What was said last before the release is that a person joined, or what the visitor's side wrote.
      return { moment, ok, late: said.slice(said.indexOf("system") + 1).includes("assistant"), said };
    };
    const outcomes: Awaited<ReturnType<typeof race>>[] = [];
    for (let n = 0; n < RACES; n += AT_ONCE)
      outcomes.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => race(n + k)))));
    const answered = outcomes.filter(({ ok }) => ok);
    expect(outcomes.filter(({ late }) => late)).toEqual([]);
    expect(outcomes.filter(({ said }) => said.includes("assistant"))).toHaveLength(answered.length);
    expect(outcomes.filter(({ moment, ok }) => moment === "before" && ok)).toEqual([]);
    expect(outcomes.filter(({ moment, ok }) => moment === "after" && !ok)).toEqual([]);
    const { ledger, availableMicros, heldMicros } = await accountsOf(db, ctx.workspaceId);
    expect({ availableMicros, heldMicros, charges: ledger.charges }).toEqual({
      availableMicros: (RACES - answered.length) * PRICE,
      heldMicros: 0,
      charges: answered.length,
    });
  }, 300_000);
});

describe("twenty people who take one dialog at once", () => {
  it("have one winner; the others get a conflict that names the winner", async () => {
    const { ctx } = await givenWorkspace(db);
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, n) => givenMember(db, ctx.workspaceId, { user: { name: `Person ${n}` } })),
    );
    for (let round = 0; round < 5; round += 1) {
      const { dialogId } = await givenWaiting(ctx);
      const results = await Promise.allSettled(people.map((person) => takeDialog(person.ctx, { dialogId })));
      const winners = people.filter((_, n) => results[n]?.status === "fulfilled");
      expect(winners).toHaveLength(1);
      const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
      expect(refusals).toHaveLength(19);
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({
          code: "CONFLICT",
          facts: { reason: "with-operator", holder: winners[0]?.user.name },
        });
      }
      const said = (await listMessages(ctx, { dialogId, limit: 20 })).items.filter(({ author }) => author === "system");
      expect(said).toHaveLength(2);
      for (const winner of winners) await releaseDialog(winner.ctx, { dialogId });
    }
  });
});
