import type { WorkspaceEvent } from "@/modules/realtime/contract";
import type { Hint } from "@/modules/realtime/pusher/contract";
import { standOf } from "@/modules/realtime/rules";

type Surroundings = {
  /** Where the workspace stood when the page was drawn. */
  startSeq: number;
  /** Asks the server for what came after that number; rejects when it cannot be reached. */
  ask: (afterSeq: number) => Promise<WorkspaceEvent[]>;
  /** Each numbered event once, in order; signals as they come. */
  onEvent: (event: WorkspaceEvent) => void;
  /** The server was heard of. */
  onLife: () => void;
};

export type Hints = ReturnType<typeof makeHints>;

/** What one tab has heard, whichever way it came. Holes are asked for, repeats are dropped. */
export function makeHints({ startSeq, ask, onEvent, onLife }: Surroundings) {
  let lastSeq = startSeq;
  let asking: Promise<void> | undefined;

  const take = (event: WorkspaceEvent) => {
    lastSeq = event.seq;
    onEvent(event);
  };

  const askOnce = async () => {
    const missed = await ask(lastSeq);
    onLife();
    // A reset may carry a lower number: the database began another life.
    for (const event of missed) if (event.type === "reset" || event.seq > lastSeq) take(event);
  };

  /** One question at a time; who asks meanwhile waits for the same answer. */
  const catchUp = (): Promise<void> => {
    asking ??= askOnce().finally(() => (asking = undefined));
    return asking;
  };

  return {
    lastSeq: () => lastSeq,
    catchUp,
    /** From our own stream, which has neither holes nor repeats. */
    hearEvent: (event: WorkspaceEvent) => {
      onLife();
      take(event);
    },
    /** From a transport that promises neither. `connected` says where the workspace stands, and is no event. */
    hearHint: async ({ seq, type, ids }: Hint): Promise<void> => {
      onLife();
      if (seq === undefined) return onEvent({ seq: lastSeq, type, ids });
      if (type !== "connected" && standOf(lastSeq, seq) === "next") return take({ seq, type, ids });
      // What was asked for before this hint may not contain it.
      while (seq > lastSeq) {
        const before = lastSeq;
        await catchUp();
        if (lastSeq === before) return;
      }
    },
  };
}
