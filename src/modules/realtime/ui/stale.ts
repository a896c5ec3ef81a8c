import type { QueryClient } from "@tanstack/react-query";
import type { WorkspaceEvent } from "@/modules/realtime/contract";
import type { EventType } from "@/server/realtime/publish";

// Which namespaces a hint makes stale; none when it concerns nothing that is on a screen. A new type needs its row.
const STALE_BY_TYPE: Record<EventType, readonly string[]> = {
  "message.new": ["dialogs"],
  "message.updated": ["dialogs"],
  "turn.stopped": [],
  "delivery.changed": ["dialogs"],
  "dialog.created": ["dialogs"],
  "dialog.changed": ["dialogs", "handoff"],
  "document.changed": ["knowledge", "assistants"],
  "job.progress": ["knowledge"],
  "qa.changed": ["knowledge"],
  "assistant.changed": ["assistants"],
  "bot.changed": ["bots"],
  "balance.changed": ["balance"],
  "member.changed": ["workspaces", "users"],
  "handoff.requested": ["handoff", "dialogs"],
  "handoff.started": ["handoff", "dialogs"],
  "handoff.released": ["handoff", "dialogs"],
  "handoff.cancelled": ["handoff", "dialogs"],
  "handoff.expired": ["handoff", "dialogs"],
  "handoff.escalated": ["handoff", "dialogs"],
  "handoff.closed": ["handoff", "dialogs"],
  "presence.changed": ["handoff"],
  "replies.changed": ["replies"],
  "reach.changed": ["reach"],
};

// What a tab missed comes in one go; asking again after each event would ask the same many times over.
const GATHER_MS = 20;

// An answer that does not come must not keep its namespace old.
const PATIENCE_MS = 2_000;

/**
 * A function that makes the queries stale that an event may have changed, so what is on the screen is asked again, once for a
 * burst. While an answer is under way the next question waits for it: asking anew drops the answer, and where something
 * happens all the time nothing would ever be seen.
 */
export function staleMarker(queryClient: QueryClient): (event: WorkspaceEvent) => void {
  const gathered = new Set<string>();
  const asking = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const plan = () => void (timer ??= setTimeout(flush, GATHER_MS));
  const ask = async (namespace: string) => {
    asking.add(namespace);
    await Promise.race([queryClient.invalidateQueries({ queryKey: [[namespace]] }), pause(PATIENCE_MS)]);
    asking.delete(namespace);
    if (gathered.has(namespace)) plan();
  };
  const flush = () => {
    timer = undefined;
    for (const namespace of gathered) {
      if (asking.has(namespace)) continue;
      gathered.delete(namespace);
      // tRPC's query keys open with the path, and a shorter path matches everything below it.
      void ask(namespace);
    }
  };
  return ({ type }) => {
    if (type === "reset") {
      gathered.clear();
      void queryClient.invalidateQueries();
    } else if (isKnown(type)) {
      for (const namespace of STALE_BY_TYPE[type]) gathered.add(namespace);
      if (gathered.size > 0) plan();
    }
  };
}

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

// A page that is older than its server hears of types that it does not know.
function isKnown(type: string): type is EventType {
  return Object.hasOwn(STALE_BY_TYPE, type);
}
