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
  "dialog.changed": ["dialogs"],
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

/** A function that makes the queries stale that an event may have changed, so what is on the screen is asked again, once for a burst. */
export function staleMarker(queryClient: QueryClient): (event: WorkspaceEvent) => void {
  const gathered = new Set<string>();
  let isReset = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (isReset) void queryClient.invalidateQueries();
    // tRPC's query keys open with the path, and a shorter path matches everything below it.
    else for (const namespace of gathered) void queryClient.invalidateQueries({ queryKey: [[namespace]] });
    gathered.clear();
    isReset = false;
  };
  return ({ type }) => {
    if (type === "reset") isReset = true;
    else if (isKnown(type)) for (const namespace of STALE_BY_TYPE[type]) gathered.add(namespace);
    if (isReset || gathered.size > 0) timer ??= setTimeout(flush, GATHER_MS);
  };
}

// A page that is older than its server hears of types that it does not know.
function isKnown(type: string): type is EventType {
  return Object.hasOwn(STALE_BY_TYPE, type);
}
