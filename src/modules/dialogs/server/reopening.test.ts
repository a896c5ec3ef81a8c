import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { receiveMessage } from "./receive";
import { reopenDialog } from "./reopening";
import { closeDialog, getDialog } from "./service";

const db = testDb();

async function given() {
  const { ctx } = await givenWorkspace(db);
  const { id: assistantId } = await givenAssistant(ctx);
  const visitorKey = newId();
  const write = () =>
    receiveMessage(ctx, { assistantId, channel: "telegram", visitorKey, clientId: newId(), text: "Hello" });
  const { dialogId } = await write();
  return { ctx, dialogId, write, shown: () => getDialog(ctx, { id: dialogId }) };
}

const minutesLater = <C extends WorkspaceCtx>(ctx: C, minutes: number): C => {
  const at = new Date(Date.now() + minutes * 60_000);
  return { ...ctx, now: () => at };
};

describe("taking a close back", () => {
  it("opens the dialog again and forgets what was said to have become of it", async () => {
    const { ctx, dialogId, shown } = await given();
    await closeDialog(ctx, { dialogId, resolution: "solved", note: "Done" });
    await reopenDialog(ctx, { dialogId });
    expect(await shown()).toMatchObject({ status: "open", endedAt: null, resolution: null });
    expect(await auditedOperations(db, dialogId)).toContain("dialogs.reopened");
  });

  it("is the same for a close without a word, pressed twice or by a colleague", async () => {
    const { ctx, dialogId, shown } = await given();
    const { ctx: ann } = await givenMember(db, ctx.workspaceId);
    await closeDialog(ctx, { dialogId });
    await Promise.all([reopenDialog(ctx, { dialogId }), reopenDialog(ann, { dialogId })]);
    expect((await shown()).status).toBe("open");
    expect((await auditedOperations(db, dialogId)).filter((name) => name === "dialogs.reopened")).toHaveLength(1);
  });

  it("is refused after five minutes", async () => {
    const { ctx, dialogId, shown } = await given();
    await closeDialog(ctx, { dialogId });
    await expect(reopenDialog(minutesLater(ctx, 6), { dialogId })).rejects.toMatchObject({
      code: "CONFLICT",
      facts: { reason: "reopen-late" },
    });
    expect((await shown()).status).toBe("ended");
  });

  it("is refused when the visitor ended the dialog", async () => {
    const { ctx, dialogId } = await given();
    await closeDialog(asVisitor(ctx), { dialogId });
    await expect(reopenDialog(ctx, { dialogId })).rejects.toMatchObject({ facts: { reason: "reopen-late" } });
  });

  it("is refused when the visitor has begun another dialog, also in the same moment", async () => {
    const { ctx, dialogId, write } = await given();
    await closeDialog(ctx, { dialogId });
    const [reopened] = await Promise.allSettled([reopenDialog(ctx, { dialogId }), write()]);
    if (reopened.status === "rejected") {
      expect(reopened.reason).toMatchObject({ facts: { reason: "reopen-followed" } });
    }
    await closeDialog(ctx, { dialogId });
    await write();
    await expect(reopenDialog(ctx, { dialogId })).rejects.toMatchObject({ facts: { reason: "reopen-followed" } });
  });

  it("of another workspace is NOT_FOUND and opens nothing", async () => {
    const { ctx, dialogId, shown } = await given();
    await closeDialog(ctx, { dialogId });
    const { ctx: other } = await givenWorkspace(db);
    await expect(reopenDialog(other, { dialogId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await shown()).status).toBe("ended");
  });
});

function asVisitor(ctx: MemberCtx): WorkspaceCtx {
  return { ...ctx, actor: { kind: "visitor", visitorKey: "somebody" } };
}
