import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenDocument } from "@/modules/knowledge/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { createAssistant, listAssistants, removeAssistant, requireAssistant, updateAssistant } from "./service";

const refusal = (code: string) => expect.objectContaining({ code });

describe("assistants", () => {
  it("keep every character that was typed", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const instructions = `Say "hi" & <b>bye</b>, url(x), document.cookie, ёжик 🦔\n\n  two spaces`;
    const { id } = await givenAssistant(ctx, { instructions, greeting: "Привет <3" });
    expect(await requireAssistant(ctx, id)).toMatchObject({ instructions, greeting: "Привет <3" });
  });

  it("are NOT_FOUND from another workspace, for reading and for writing", async () => {
    const { id } = await givenAssistant((await givenWorkspace(testDb())).ctx);
    const { ctx: stranger } = await givenWorkspace(testDb());
    await expect(requireAssistant(stranger, id)).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(updateAssistant(stranger, { id, name: "Mine" })).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(removeAssistant(stranger, { id })).rejects.toEqual(refusal("NOT_FOUND"));
    expect((await listAssistants(stranger, { limit: 50 })).items).toEqual([]);
  });

  it("stop at ten, also when they are created at once", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const attempts = await Promise.allSettled(
      Array.from({ length: 13 }, (_, n) => givenAssistant(ctx, { name: `Bot ${n}` })),
    );
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect((await listAssistants(ctx, { limit: 50 })).items).toHaveLength(10);
    await expect(givenAssistant(ctx)).rejects.toEqual(refusal("QUOTA_EXCEEDED"));
  });

  it("refuse a model that is not offered, on creation and on change", async () => {
    const { ctx } = await givenWorkspace(testDb());
    await expect(createAssistant(ctx, { name: "Bot", model: "gpt-imaginary" })).rejects.toEqual(
      refusal("MODEL_UNKNOWN"),
    );
    const { id } = await givenAssistant(ctx);
    await expect(updateAssistant(ctx, { id, model: "gpt-imaginary" })).rejects.toEqual(refusal("MODEL_UNKNOWN"));
  });

  it("let only the first of two tabs save over one version", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { id, version } = await givenAssistant(ctx);
    const saves = await Promise.allSettled([
      updateAssistant(ctx, { id, version, instructions: "one" }),
      updateAssistant(ctx, { id, version, instructions: "two" }),
    ]);
    expect(saves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(saves.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
    expect((await requireAssistant(ctx, id)).version).toBe(version + 1);
  });

  it("are gone after removal, and a read creates none", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { id } = await givenAssistant(ctx);
    await removeAssistant(ctx, { id });
    await expect(requireAssistant(ctx, id)).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(requireAssistant(ctx, newId())).rejects.toEqual(refusal("NOT_FOUND"));
    expect((await listAssistants(ctx, { limit: 50 })).items).toEqual([]);
  });

  it("are listed with their documents and dialogs counted, each its own", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { id: assistantId } = await givenAssistant(ctx, { name: "Busy" });
    await givenAssistant(ctx, { name: "Idle" });
    await givenDocument(ctx, { assistantId, name: "Terms.md", text: "Delivery takes one day." });
    const { items } = await listAssistants(ctx, { limit: 50 });
    expect(items.map(({ name, documentCount, bots }) => [name, documentCount, bots])).toEqual([
      ["Idle", 0, []],
      ["Busy", 1, []],
    ]);
  });

  it("are listed newest first, page by page, without repeats", async () => {
    const { ctx } = await givenWorkspace(testDb());
    for (const name of ["one", "two", "three"]) await givenAssistant(ctx, { name });
    const first = await listAssistants(ctx, { limit: 2 });
    const second = await listAssistants(ctx, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(["three", "two", "one"]);
    expect(second.nextCursor).toBeNull();
  });
});
