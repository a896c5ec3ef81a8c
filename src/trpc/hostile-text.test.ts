import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { makeCtx } from "@/server/testing";
import { createCallerFactory } from "./init";
import { appRouter } from "./root";

const createCaller = createCallerFactory(appRouter);
type Caller = ReturnType<typeof createCaller>;
let caller: Caller;
let assistantId: string;
beforeAll(async () => {
  const { ctx, workspace } = await givenWorkspace(testDb());
  assistantId = (await givenAssistant(ctx)).id;
  const { memberRole: _, ...actor } = ctx.actor;
  caller = createCaller({
    ...makeCtx(testDb(), { ...actor, kind: "user" }, { address: newId() }),
    requestedWorkspace: workspace.id,
    resHeaders: new Headers(),
  });
});

/** Every procedure of this version that takes free text, with that text in each of its fields. */
const DOORS: Record<string, (text: string) => Promise<unknown>> = {
  "users.update": (name) => caller.users.update({ name }),
  "workspaces.create": (name) => caller.workspaces.create({ name }),
  "workspaces.rename": (name) => caller.workspaces.rename({ name }),
  "auth.register": (name) => caller.auth.register({ email: `${newId()}@example.com`, password: "Secret-pass-9", name }),
  "assistants.create": (text) => caller.assistants.create({ name: text, instructions: text, greeting: text }),
  "knowledge.addText": (text) => caller.knowledge.addText({ assistantId, title: text, text }),
  "knowledge.qa.create": (text) => caller.knowledge.qa.create({ assistantId, question: text, answer: text }),
  "knowledge.qa.list": (search) => caller.knowledge.qa.list({ assistantId, search }),
  "knowledge.search": (query) => caller.knowledge.search({ assistantId, query }),
  "handoff.check": (text) => caller.handoff.check({ assistantId, text }),
  "dialogs.list": (search) => caller.dialogs.list({ search }),
};

describe("text that PostgreSQL cannot hold", () => {
  it.each(
    Object.keys(DOORS).flatMap((door) => ["a\u0000b", "half \ud800 character"].map((text) => [door, text] as const)),
  )("never breaks %s: %j", async (door, text) => {
    await expect(DOORS[door]?.(text)).resolves.toBeDefined();
  });

  it("keeps everything else as it was typed", async () => {
    const name = `Ёжик <b>"1"</b> url(x) 'o' \\ % 😀 مرحبا`;
    await caller.users.update({ name });
    expect((await caller.users.me()).name).toBe(name);
  });
});
