import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { createSavedReplyInput } from "@/modules/handoff/replies/contract";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { createSavedReply, listSavedReplies, removeSavedReply, updateSavedReply } from "./service";

const db = testDb();
const notFound = expect.objectContaining({ code: "NOT_FOUND" });
const taken = expect.objectContaining({ code: "CONFLICT", fieldErrors: { shortcut: ["taken"] } });
const hello = { shortcut: "hello", title: "Greeting", text: "Hello, {visitor}!" };

describe("saved replies of a team", () => {
  it("are there for everybody of the workspace, whoever of them wrote one", async () => {
    const { ctx, workspace } = await givenWorkspace(db);
    const operator = (await givenMember(db, workspace.id)).ctx;
    const { id } = await createSavedReply(operator, hello);
    await updateSavedReply(ctx, { ...hello, id, text: "Good afternoon" });
    expect(await listSavedReplies(operator)).toMatchObject({
      items: [{ id, shortcut: "hello", text: "Good afternoon" }],
    });
    await removeSavedReply(operator, { id });
    expect(await listSavedReplies(ctx)).toEqual({ items: [] });
    await expect(removeSavedReply(ctx, { id })).rejects.toEqual(notFound);
    await expect(updateSavedReply(ctx, { ...hello, id })).rejects.toEqual(notFound);
  });

  it("have one shortcut each, also when two people add it at once", async () => {
    const { ctx } = await givenWorkspace(db);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => createSavedReply(ctx, hello)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: taken });
    const other = await createSavedReply(ctx, { ...hello, shortcut: "bye" });
    await expect(updateSavedReply(ctx, { ...hello, id: other.id })).rejects.toEqual(taken);
    expect(await updateSavedReply(ctx, { ...hello, id: other.id, shortcut: "bye" })).toMatchObject({ shortcut: "bye" });
  });

  it("do not exist for another workspace, which may use the same shortcut", async () => {
    const { ctx } = await givenWorkspace(db);
    const { id } = await createSavedReply(ctx, hello);
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(updateSavedReply(stranger, { ...hello, id })).rejects.toEqual(notFound);
    await expect(removeSavedReply(stranger, { id })).rejects.toEqual(notFound);
    expect(await listSavedReplies(stranger)).toEqual({ items: [] });
    expect((await createSavedReply(stranger, hello)).id).not.toBe(id);
    await expect(updateSavedReply(stranger, { ...hello, id: newId() })).rejects.toEqual(notFound);
  });

  it.each([
    ["/Hello", "hello"],
    ["  ДОСТАВКА ", "доставка"],
    ["order_1-a", "order_1-a"],
    ["two words", null],
    ["a/b", null],
    ["", null],
    ["/", null],
    ["x".repeat(41), null],
  ])("take %j as the shortcut %j", (shortcut, expected) => {
    const parsed = createSavedReplyInput.safeParse({ ...hello, shortcut });
    expect(parsed.data?.shortcut ?? null).toBe(expected);
  });

  it("hold 4,000 characters and no more", () => {
    expect(createSavedReplyInput.safeParse({ ...hello, text: "x".repeat(4_000) }).success).toBe(true);
    expect(createSavedReplyInput.safeParse({ ...hello, text: "x".repeat(4_001) }).success).toBe(false);
    expect(createSavedReplyInput.safeParse({ ...hello, text: " \n\u0000 " }).success).toBe(false);
  });
});
