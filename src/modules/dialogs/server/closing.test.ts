import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { closeDialogInput } from "@/modules/dialogs/contract";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { receiveMessage } from "./receive";
import { closeDialog, getDialog } from "./service";

const db = testDb();

async function given() {
  const { ctx } = await givenWorkspace(db, { user: { name: "Olga" } });
  const { id: assistantId } = await givenAssistant(ctx);
  const at = { channel: "telegram" as const, visitorKey: newId(), clientId: newId() };
  const { dialogId } = await receiveMessage(ctx, { assistantId, ...at, text: "Hello" });
  return { ctx, dialogId, shown: () => getDialog(ctx, { id: dialogId }) };
}

describe("closing a dialog", () => {
  it("keeps what became of it, who said so and their words", async () => {
    const { ctx, dialogId, shown } = await given();
    await closeDialog(ctx, { dialogId, resolution: "unsolved", note: "Waits for the depot" });
    expect(await shown()).toMatchObject({
      status: "ended",
      resolution: "unsolved",
      resolutionNote: "Waits for the depot",
      closedByName: "Olga",
    });
    expect(await auditedOperations(db, dialogId)).toContain("dialogs.resolved");
  });

  it("without a word claims nothing, and a word may follow later", async () => {
    const { ctx, dialogId, shown } = await given();
    await closeDialog(ctx, { dialogId });
    expect(await shown()).toMatchObject({ status: "ended", resolution: null, closedByName: "Olga" });
    await closeDialog(ctx, { dialogId, resolution: "solved" });
    await closeDialog(ctx, { dialogId });
    expect((await shown()).resolution).toBe("solved");
  });

  it("by two people at once ends it once, with the word of one of them", async () => {
    const { ctx, dialogId, shown } = await given();
    const { ctx: ann } = await givenMember(db, ctx.workspaceId);
    await Promise.all([
      closeDialog(ctx, { dialogId, resolution: "solved" }),
      closeDialog(ann, { dialogId, resolution: "spam" }),
    ]);
    expect(["solved", "spam"]).toContain((await shown()).resolution);
  });

  it("takes no word that is none, and no novel", () => {
    const dialogId = newId();
    expect(closeDialogInput.safeParse({ dialogId, resolution: "won" }).success).toBe(false);
    expect(closeDialogInput.safeParse({ dialogId, resolution: "solved", note: "x".repeat(501) }).success).toBe(false);
  });

  it("of another workspace is NOT_FOUND and closes nothing", async () => {
    const { dialogId, shown } = await given();
    const { ctx: stranger } = await givenWorkspace(db);
    const closed = closeDialog(stranger, { dialogId, resolution: "solved" });
    await expect(closed).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await shown()).toMatchObject({ status: "open", resolution: null });
  });
});
