"use client";

import { keptStorage } from "@/components/kept-storage";
import { refusalOf } from "@/components/use-error-text";
import type { RouterOutputs, trpc } from "@/trpc/client";
import { type Attempt, attemptOf, Outbox, type Outgoing, type Post, type Sequel } from "./outbox";

// Past the slowest answer; a request on a dead connection would else stay silent for minutes.
const SILENCE_MS = 10_000;

type Utils = ReturnType<typeof trpc.useUtils>;

/** How messages of a dialog reach the server. */
export function postOf(utils: Utils, dialogId: string): Post {
  return {
    send: (message) => attempt(utils, dialogId, message),
    sendTogether: (messages) => attemptTogether(utils, dialogId, messages),
    untilWorthwhile: pauseOrOnline,
    untilShown: async () => {
      await Promise.all([
        utils.dialogs.messages.invalidate({ dialogId }),
        utils.dialogs.notes.invalidate({ dialogId }),
        utils.handoff.state.invalidate({ dialogId }),
      ]).catch(() => undefined);
    },
  };
}

async function attempt(utils: Utils, dialogId: string, message: Outgoing): Promise<Attempt> {
  const sent = await call((signal) => store(utils, dialogId, message, signal));
  const { sequel } = message;
  if (sent.kind !== "sent" || !sequel) return sent;
  const done = await call((signal) => follow(utils, dialogId, sequel, signal));
  // The message is there whatever becomes of the dialog; only what should follow can still be refused.
  return done.kind === "refused" ? { kind: "sent", remark: done.refusal } : done;
}

async function attemptTogether(
  utils: Utils,
  dialogId: string,
  messages: readonly Outgoing[],
): Promise<readonly Attempt[]> {
  let outcomes: RouterOutputs["dialogs"]["replies"]["outcomes"] = [];
  const asked = await call(async (signal) => {
    const input = { dialogId, replies: messages.map(replyOf) };
    ({ outcomes } = await utils.client.dialogs.replies.mutate(input, { signal }));
  });
  if (asked.kind === "sent") {
    return outcomes.map((outcome) =>
      outcome.ok ? { kind: "sent" } : attemptOf({ code: outcome.appCode, facts: outcome.facts }),
    );
  }
  const [first] = messages;
  // Refused together, each is judged alone.
  return asked.kind === "refused" && first ? [await attempt(utils, dialogId, first)] : [asked];
}

function store(utils: Utils, dialogId: string, message: Outgoing, signal: AbortSignal): Promise<unknown> {
  const { id, text } = message;
  if (message.kind === "note") return utils.client.dialogs.note.mutate({ dialogId, id, text }, { signal });
  return utils.client.dialogs.reply.mutate({ dialogId, ...replyOf(message) }, { signal });
}

function follow(utils: Utils, dialogId: string, sequel: Sequel, signal: AbortSignal): Promise<unknown> {
  if (sequel.kind === "close") return utils.client.dialogs.close.mutate({ dialogId }, { signal });
  return utils.client.handoff.snooze.mutate({ dialogId, until: new Date(sequel.until) }, { signal });
}

function replyOf({ id, text, file, takeOver, seenSeq, draftRevision }: Outgoing) {
  return {
    id,
    text,
    takeOver,
    fileId: file?.id,
    seenSeq: seenSeq ?? undefined,
    draftRevision: draftRevision ?? undefined,
  };
}

async function call(act: (signal: AbortSignal) => Promise<unknown>): Promise<Attempt> {
  const online = new AbortController();
  // What was asked over the network that is gone will not be answered; the same id goes again at once.
  const giveUp = () => online.abort();
  window.addEventListener("online", giveUp);
  try {
    await act(AbortSignal.any([online.signal, AbortSignal.timeout(SILENCE_MS)]));
    return { kind: "sent" };
  } catch (error) {
    return attemptOf(refusalOf(error));
  } finally {
    window.removeEventListener("online", giveUp);
  }
}

function pauseOrOnline(afterMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, afterMs);
    window.addEventListener("online", done);
  });
}

// One outbox per person, dialog and tab: leaving the page and coming back must find the same one at work.
const outboxes = new Map<string, Outbox>();

/** Where one person's messages of one workspace wait in this browser. */
export const outboxPrefix = (workspaceId: string, userId: string) => `outbox:${workspaceId}:${userId}:`;

export function outboxOf(ownerPrefix: string, dialogId: string): Outbox {
  const prefix = `${ownerPrefix}${dialogId}:`;
  const known = outboxes.get(prefix);
  if (known) return known;
  if (outboxes.size === 0) window.addEventListener("storage", hearOtherTab);
  const outbox = new Outbox(prefix, keptStorage());
  outboxes.set(prefix, outbox);
  return outbox;
}

function hearOtherTab({ key, newValue }: StorageEvent): void {
  if (key === null || newValue !== null) return;
  for (const [prefix, outbox] of outboxes) if (key.startsWith(prefix)) outbox.forget(key.slice(prefix.length));
}
