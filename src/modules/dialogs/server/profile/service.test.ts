import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { auditedOperations } from "@/modules/audit/testing";
import { nameVisitorInput } from "@/modules/dialogs/profile/contract";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { closeDialog, getDialog } from "@/modules/dialogs/server/service";
import { givenDialog } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { getContext, nameVisitor } from "./service";

const db = testDb();

async function given() {
  const { ctx, workspace } = await givenWorkspace(db);
  const { ctx: operator } = await givenMember(db, workspace.id);
  const first = await givenDialog(ctx, { visitorName: "maria_k", visitorUsername: "maria" });
  const writeAgain = (visitorName: string) =>
    receiveMessage(ctx, {
      assistantId: first.assistantId,
      visitorKey: first.visitorKey,
      channel: "api",
      clientId: newId(),
      text: "And again",
      visitorName,
    });
  return { ctx, operator, ...first, writeAgain };
}

describe("the team's name for a visitor", () => {
  it("stays, whatever the channel says later, in this dialog and the next", async () => {
    const { ctx, operator, dialogId, writeAgain } = await given();
    await nameVisitor(operator, { dialogId, name: "Мария Кузнецова" });
    await writeAgain("maria_the_great");
    expect(await getDialog(ctx, { id: dialogId })).toMatchObject({
      visitorName: "Мария Кузнецова",
      visitorUsername: "maria",
    });
    await closeDialog(ctx, { dialogId });
    const next = await writeAgain("maria_the_great");
    expect(next.dialogId).not.toBe(dialogId);
    expect(await getDialog(ctx, { id: next.dialogId })).toMatchObject({ visitorName: "Мария Кузнецова" });
    expect(await auditedOperations(db, dialogId)).toContain("dialogs.visitor-named");
  });

  it("is one of two that are given at once, the same in all dialogs", async () => {
    const { ctx, dialogId, writeAgain } = await given();
    await closeDialog(ctx, { dialogId });
    const next = await writeAgain("x");
    await Promise.all(["One", "Two"].map((name) => nameVisitor(ctx, { dialogId, name })));
    const names = await Promise.all(
      [dialogId, next.dialogId].map(async (id) => (await getDialog(ctx, { id })).visitorName),
    );
    expect(new Set(names).size).toBe(1);
  });

  it.each(["", "   ", "x".repeat(81)])("is not empty and not endless: %j", (name) => {
    expect(nameVisitorInput.safeParse({ dialogId: newId(), name }).success).toBe(false);
  });

  it("is nothing that another workspace can give", async () => {
    const { ctx, dialogId } = await given();
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(nameVisitor(stranger, { dialogId, name: "Mine" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(getContext(stranger, { dialogId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await getDialog(ctx, { id: dialogId })).toMatchObject({ visitorName: "maria_k" });
  });
});

describe("what surrounds a dialog", () => {
  it("shows the visitor's other talks, and money only to those who may see it", async () => {
    const { ctx, operator, dialogId, writeAgain } = await given();
    await closeDialog(ctx, { dialogId });
    const next = await writeAgain("x");
    expect(await getContext(ctx, next)).toMatchObject({
      past: [{ id: dialogId, status: "ended" }],
      sources: [],
      thumbs: { up: 0, down: 0 },
      cost: { micros: 0, answers: 0 },
    });
    expect(await getContext(operator, next)).toMatchObject({ cost: null });
  });
});
