import { AppError } from "@/lib/errors";
import { requireAssistant } from "@/modules/assistants/server/service";
import type { Ctx, Visitor, WorkspaceCtx } from "@/server/context";
import { env } from "@/server/env";
import type { DemoShow } from "../contract";
import { findDemo } from "./repository";

type DemoPlace = { ctx: WorkspaceCtx<Visitor>; assistantId: string };

/** The demo assistant in the caller's language, with a context inside its workspace as that guest; null where there is no demo. */
export async function enterDemo(ctx: Ctx, guest: string): Promise<DemoPlace | null> {
  if (env().DEMO === "off") return null;
  const demo = await findDemo(ctx.db);
  if (!demo) return null;
  const visitor = { kind: "visitor", visitorKey: `demo:${guest}` } as const;
  return {
    ctx: { ...ctx, actor: visitor, workspaceId: demo.workspaceId },
    assistantId: demo.assistantIds[ctx.locale],
  };
}

/** What the landing page shows: the assistant, and this guest's own dialog. Null where there is no demo. */
export async function showDemo(ctx: Ctx, guest: string | null): Promise<DemoShow | null> {
  const place = await enterDemo(ctx, guest ?? "");
  if (!place) return null;
  try {
    const { name, greeting, starters, isActive } = await requireAssistant(place.ctx, place.assistantId);
    if (!isActive) return null;
    return { name, greeting, starters, history: [] };
  } catch (error) {
    // Its owner may have deleted the demo assistant; the page then does without a chat.
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}
