import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import type { UpdateAssistantInput } from "@/modules/assistants/contract";
import { updateAssistant } from "@/modules/assistants/server/service";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, recordAndRun, threadOf } from "@/modules/bots/testing";
import { closeDialog } from "@/modules/dialogs/server/service";
import { releaseDialog, resetDialog, takeDialog, transferDialog } from "@/modules/handoff/server/holding";
import { watchHandoffsJob } from "@/modules/handoff/server/jobs";
import { beat } from "@/modules/handoff/server/presence/service";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { cancelHandoff, handoffState } from "@/modules/handoff/server/service";
import { givenHours, givenNobody } from "@/modules/handoff/testing";
import { setLimit } from "@/modules/system/server/settings";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx } from "@/server/jobs/testing";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

async function givenShop({ fundsMicros = 1_000_000_000 } = {}) {
  const { ctx } = await givenWorkspace(db, { fundsMicros });
  const { id: assistantId } = await givenAssistant(ctx, { language: "en" });
  const { bot, fake } = await givenBot(ctx, telegram, assistantId);
  const { ctx: ben, user } = await givenMember(db, ctx.workspaceId, { user: { name: "Ben" } });
  const { ctx: ann } = await givenMember(db, ctx.workspaceId, { user: { name: "Ann" } });
  const take = (content: Record<string, unknown>) => recordAndRun(db, bot.id, content);
  const says = (text: string) => take({ message: fake.messageOf(text, fake.visitor) });
  await says("/start");
  const dialogId = (await threadOf(ctx))?.dialog.id ?? "";
  const newest = async () => (await threadOf(ctx))?.messages.at(-1);
  return {
    owner: ctx,
    ben,
    benId: user.id,
    ann,
    assistantId,
    fake,
    dialogId,
    newest,
    says,
    set: (fields: Partial<UpdateAssistantInput>) => updateAssistant(ctx, { ...fields, id: assistantId }),
    presses: (action: string) => take(fake.desk.press(fake.visitor.id, `${action}:${dialogId}`)),
    status: async () => (await handoffState(ctx, dialogId)).status,
    passes: (minutes: number) => {
      const now = () => new Date(Date.now() + minutes * 60_000);
      return watchHandoffsJob.run(jobCtx(db, watchHandoffsJob, { now }), {});
    },
  };
}
type Shop = Awaited<ReturnType<typeof givenShop>>;

const STATES = {
  "the assistant answers": async () => givenShop(),
  "somebody waits": async () => doing(await givenShop(), (shop) => shop.says("/operator")),
  "a person answers": async () => doing(await givenShop(), ({ ben, dialogId }) => takeDialog(ben, { dialogId })),
  "the operator vanished": async () =>
    doing(await givenShop(), async ({ ben, dialogId, passes }) => {
      await takeDialog(ben, { dialogId });
      await passes(6);
    }),
  "nobody came": async () =>
    doing(await givenShop(), async ({ says, passes }) => {
      await says("/operator");
      await passes(31);
    }),
  "outside working hours": async () =>
    doing(await givenShop(), async ({ owner, says }) => {
      await givenNobody(owner);
      await says("/operator");
    }),
  "the working hours ended while waiting": async () =>
    doing(await givenShop(), async ({ owner, says, passes }) => {
      await says("/operator");
      await givenNobody(owner);
      await passes(4);
    }),
  "the bot is blocked": async () =>
    doing(await givenShop(), async ({ ben, dialogId, fake }) => {
      await takeDialog(ben, { dialogId });
      fake.blockedBy(fake.visitor.id);
    }),
  "the money is used up": async () => givenShop({ fundsMicros: 0 }),
  "the assistant is switched off": async () => doing(await givenShop(), ({ set }) => set({ isActive: false })),
  "no person is offered": async () => doing(await givenShop(), ({ set }) => set({ handoffTriggers: [] })),
  "the dialog has ended": async () =>
    doing(await givenShop(), ({ owner, dialogId }) => closeDialog(owner, { dialogId })),
} as const;
type State = keyof typeof STATES;

async function doing<T>(shop: Shop, work: (shop: Shop) => Promise<T>): Promise<Shop> {
  await work(shop);
  return shop;
}

const ACTORS = ["visitor", "operator", "owner", "clock"] as const;
type Actor = (typeof ACTORS)[number];
/** One thing that somebody can do there, and what it leads to. */
type Way = { by: string; act: (shop: Shop) => Promise<unknown>; leadsTo: (shop: Shop) => Promise<unknown> };

const status = (wanted: string) => async (shop: Shop) => expect(await shop.status()).toBe(wanted);
const hears = (author: string, words: string) => async (shop: Shop) =>
  expect(await shop.newest()).toMatchObject({ author, text: expect.stringContaining(words) });
const freshDialog = async (shop: Shop) => expect((await threadOf(shop.owner))?.dialog.id).not.toBe(shop.dialogId);

const asks: Way = {
  by: "asking a question",
  act: ({ says }) => says("How much is delivery?"),
  leadsTo: async ({ newest }) => expect(await newest()).toMatchObject({ author: "assistant" }),
};
const calls: Way = { by: "/operator", act: ({ says }) => says("/operator"), leadsTo: status("requested") };
const callsInWords: Way = {
  by: "asking for a person in words",
  act: ({ says }) => says("Call an operator"),
  leadsTo: status("requested"),
};
const startsAnew: Way = { by: "/reset", act: ({ says }) => says("/reset"), leadsTo: freshDialog };
const goesOn: Way = {
  by: "“continue with the assistant”",
  act: ({ presses }) => presses("continue"),
  leadsTo: status("none"),
};
const leavesContact: Way = {
  by: "leaving a contact",
  act: ({ says }) => says("Call me: +7 916 123-45-67"),
  leadsTo: hears("system", "Thank you"),
};
const hearsWhen: Way = {
  by: "/operator, answered with the truth",
  act: ({ says }) => says("/operator"),
  leadsTo: hears("system", "Leave your phone number or email"),
};
const takes: Way = { by: "take", act: ({ ann, dialogId }) => takeDialog(ann, { dialogId }), leadsTo: status("active") };
const ownerTakes: Way = {
  by: "take",
  act: ({ owner, dialogId }) => takeDialog(owner, { dialogId }),
  leadsTo: status("active"),
};
const gives: Way = {
  by: "return",
  act: ({ ben, dialogId }) => releaseDialog(ben, { dialogId }),
  leadsTo: status("none"),
};
const replies: Way = {
  by: "reply",
  act: ({ ben, dialogId }) => replyToVisitor(ben, { dialogId, id: newId(), text: "Here I am" }),
  leadsTo: hears("operator", "Here I am"),
};
const handsOver: Way = {
  by: "hand over",
  act: async ({ owner, ben, dialogId }) => {
    await beat(owner, { status: "online", isVisible: true });
    await transferDialog(ben, { dialogId, userId: owner.actor.userId });
  },
  leadsTo: status("active"),
};
const withdraws: Way = {
  by: "withdraw the request",
  act: ({ ann, dialogId }) => cancelHandoff(ann, { dialogId }),
  leadsTo: status("none"),
};
const closes = (who: "ben" | "ann" | "owner"): Way => ({
  by: "close",
  act: (shop) => closeDialog(shop[who], { dialogId: shop.dialogId }),
  leadsTo: status("none"),
});
const overrides: Way = {
  by: "return what somebody else has",
  act: ({ owner, dialogId }) => releaseDialog(owner, { dialogId }),
  leadsTo: status("none"),
};
const frees: Way = {
  by: "free it",
  act: ({ owner, dialogId }) => resetDialog(owner, { dialogId, reason: "It was stuck" }),
  leadsTo: status("none"),
};
const after = (minutes: number, wanted: string): Way => ({
  by: `${minutes} minutes`,
  act: ({ passes }) => passes(minutes),
  leadsTo: status(wanted),
});
/** A new message opens a dialog of its own, whatever became of the old one. */
const writesAgain: Way = { by: "writing again", act: ({ says }) => says("How much is it?"), leadsTo: freshDialog };
const rests: Way = { by: "nothing to do", act: () => Promise.resolve(), leadsTo: () => Promise.resolve() };
const unfunded = (reason: string): Way => ({
  by: "asking a question, answered with the way to a person",
  act: ({ says }) => says("How much is delivery?"),
  leadsTo: hears("system", reason),
});
const writeOperator = "write “operator”";

const WAYS: Record<State, Record<Actor, Way[]>> = {
  "the assistant answers": {
    visitor: [asks, calls, callsInWords, startsAnew],
    operator: [takes, closes("ann")],
    owner: [ownerTakes, closes("owner")],
    clock: [rests],
  },
  "somebody waits": {
    visitor: [goesOn, startsAnew, { ...calls, by: "/operator again, which keeps the place" }],
    operator: [takes, withdraws, closes("ann")],
    owner: [ownerTakes, frees],
    clock: [after(31, "none")],
  },
  "a person answers": {
    visitor: [startsAnew, { by: "writing on", act: ({ says }) => says("Thanks"), leadsTo: hears("visitor", "Thanks") }],
    operator: [replies, gives, handsOver, closes("ben")],
    owner: [overrides, frees, closes("owner")],
    clock: [after(6, "requested")],
  },
  "the operator vanished": {
    visitor: [goesOn, startsAnew],
    operator: [takes, { ...takes, by: "take again", act: ({ ben, dialogId }) => takeDialog(ben, { dialogId }) }],
    owner: [ownerTakes, frees],
    clock: [after(40, "none")],
  },
  "nobody came": {
    visitor: [asks, leavesContact, calls, startsAnew],
    operator: [takes],
    owner: [ownerTakes],
    clock: [rests],
  },
  "outside working hours": {
    visitor: [asks, leavesContact, hearsWhen, startsAnew],
    operator: [takes],
    owner: [
      ownerTakes,
      {
        by: "opening",
        act: async ({ owner, says }) => {
          await givenHours(owner, { isAlwaysOpen: true });
          await says("/operator");
        },
        leadsTo: status("requested"),
      },
    ],
    clock: [rests],
  },
  "the working hours ended while waiting": {
    visitor: [asks, leavesContact, hearsWhen, startsAnew],
    operator: [takes],
    owner: [ownerTakes],
    clock: [rests],
  },
  "the bot is blocked": {
    visitor: [{ by: "writing again", act: ({ says }) => says("Back again"), leadsTo: hears("visitor", "Back again") }],
    operator: [gives, closes("ben")],
    owner: [overrides, frees, closes("owner")],
    clock: [after(6, "requested")],
  },
  "the money is used up": {
    visitor: [unfunded(writeOperator), calls, callsInWords, startsAnew],
    operator: [takes, closes("ann")],
    owner: [ownerTakes],
    clock: [rests],
  },
  "the assistant is switched off": {
    visitor: [unfunded(writeOperator), calls, callsInWords, startsAnew],
    operator: [takes, closes("ann")],
    owner: [
      ownerTakes,
      {
        by: "switching it on",
        act: async ({ set, says }) => {
          await set({ isActive: true });
          await says("How much is it?");
        },
        leadsTo: asks.leadsTo,
      },
    ],
    clock: [rests],
  },
  "no person is offered": {
    visitor: [
      asks,
      {
        by: "/operator, answered with the truth",
        act: calls.act,
        leadsTo: hears("system", "Nobody of the team can join"),
      },
      { ...callsInWords, by: "asking in words, which the assistant answers", leadsTo: asks.leadsTo },
      startsAnew,
    ],
    operator: [takes, closes("ann")],
    owner: [ownerTakes],
    clock: [rests],
  },
  "the dialog has ended": {
    visitor: [writesAgain, { ...calls, leadsTo: freshDialog }],
    operator: [rests],
    owner: [rests],
    clock: [rests],
  },
};

describe.each(Object.keys(STATES) as State[])("when %s", (state) => {
  const cases = ACTORS.flatMap((actor) => WAYS[state][actor].map((way) => ({ actor, by: way.by, way })));

  it("everybody has a way on", () => {
    for (const actor of ACTORS) expect(WAYS[state][actor].length).toBeGreaterThan(0);
  });

  it.each(cases.filter(({ way }) => way !== rests))("$actor goes on by: $by", async ({ way }) => {
    const shop = await STATES[state]();
    await way.act(shop);
    await way.leadsTo(shop);
  });
});
