import { notFound } from "@/lib/errors";
import type { TurnOutcome, TurnPart } from "@/modules/chat/contract";
import type { Watched } from "@/modules/chat/watching/contract";
import type { WorkspaceCtx } from "@/server/context";
import { hearWorkspace } from "@/server/realtime/listener";
import { signal } from "@/server/realtime/publish";
import { hasDialog, listWritten, writeDraft } from "./repository";

/** A turn ends within this time; what began before belongs to a process that is gone. */
const TURN_MS = 120_000;
const MAX_SHOWN = 20;

/**
 * What the assistant writes in a dialog now, and what it wrote that never left. Asking is watching: a running turn, in whichever
 * process, puts its words down once for each time somebody asked, and not at all while nobody does. Refuses: NOT_FOUND.
 */
export async function watchDialog(ctx: WorkspaceCtx, { dialogId }: { dialogId: string }): Promise<Watched> {
  const since = new Date(ctx.now().getTime() - TURN_MS);
  const rows = await listWritten(ctx.db, ctx.workspaceId, dialogId, { since, limit: MAX_SHOWN });
  if (rows.length === 0 && !(await hasDialog(ctx.db, ctx.workspaceId, dialogId))) throw notFound("Dialog");
  const running = rows.find(({ state }) => state === "running");
  if (running) await signal(ctx, { type: "turn.watched", ids: { dialogId } });
  const unsent = rows
    .filter(({ state }) => state === "discarded")
    .map(({ id, text, finishedAt, startedAt }) => ({ id, text, at: finishedAt ?? startedAt }));
  return { running: running ? { id: running.id, text: running.text } : null, unsent: unsent.reverse() };
}

type Turn = { dialogId: string; generationId: string; onPart: ((part: TurnPart) => void) | undefined };

/** Runs a turn whose words members may look at while they are written, and keeps them when people stop it. */
export async function whileWatched(
  ctx: WorkspaceCtx,
  { dialogId, generationId, onPart }: Turn,
  run: (onPart: (part: TurnPart) => void) => Promise<TurnOutcome>,
): Promise<TurnOutcome> {
  let text = "";
  let written = "";
  let writing = Promise.resolve();
  const write = () => {
    if (text === written) return;
    written = text;
    writing = writing
      .then(() => writeDraft(ctx.db, ctx.workspaceId, generationId, written))
      // Nobody's answer may fail because somebody looked at it.
      .catch((error: unknown) => ctx.log.warn({ event: "draft-not-written", error }));
  };
  const stopHearing = await hearWorkspace(ctx.workspaceId, {
    onEvent: () => undefined,
    onGap: () => undefined,
    onSignal: ({ type, ids }) => {
      if (type === "turn.watched" && ids.dialogId === dialogId) write();
    },
  });
  try {
    const outcome = await run((part) => {
      if (part.type === "text") text += part.text;
      onPart?.(part);
    });
    if (!outcome.ok && outcome.reason === "handoff") write();
    await writing;
    return outcome;
  } finally {
    stopHearing();
  }
}
