"use client";

import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { refusalOf } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";
import { type Attempt, Outbox, type Outgoing } from "./outbox";

const RETRY_MS = 2_000;
const PASSING = ["INTERNAL", "RATE_LIMITED", "EXTERNAL_UNAVAILABLE"];

// One outbox per dialog and tab: leaving the page and coming back must find the same one at work.
const outboxes = new Map<string, Outbox>();

/** The replies of a dialog that the server has not confirmed yet, and the way to send more. */
export function useOutbox(dialogId: string, refusalText: (error: unknown) => string) {
  const utils = trpc.useUtils();
  const outbox = outboxOf(dialogId);
  const items = useSyncExternalStore(outbox.subscribe, outbox.list);

  const send = useEffectEvent(async ({ id, text, takeOver }: Outgoing): Promise<Attempt> => {
    try {
      await utils.client.dialogs.reply.mutate({ dialogId, id, text, takeOver });
    } catch (error) {
      const code = refusalOf(error)?.code;
      if (code === undefined || PASSING.includes(code)) return { kind: "later" };
      return { kind: "refused", why: refusalText(error) };
    }
    await Promise.all([
      utils.dialogs.messages.invalidate({ dialogId }),
      utils.handoff.state.invalidate({ dialogId }),
    ]).catch(() => undefined);
    return { kind: "sent" };
  });
  useEffect(() => {
    outbox.connect({ send: (message) => send(message), untilWorthwhile: pauseOrOnline });
  }, [outbox]);

  return {
    items,
    send: (text: string, takeOver: boolean) => outbox.add({ id: crypto.randomUUID(), text, takeOver }),
    retry: (id: string) => outbox.retry(id),
    remove: (id: string) => outbox.remove(id),
  };
}

function outboxOf(dialogId: string): Outbox {
  const known = outboxes.get(dialogId);
  if (known) return known;
  const outbox = new Outbox(`outbox:${dialogId}`, localStorage);
  outboxes.set(dialogId, outbox);
  return outbox;
}

function pauseOrOnline(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, RETRY_MS);
    window.addEventListener("online", done);
  });
}
