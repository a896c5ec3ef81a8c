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

/** Makes the queries stale that the event may have changed, so what is on the screen is asked again. */
export function markStale(queryClient: QueryClient, event: WorkspaceEvent): void {
  if (event.type === "reset") void queryClient.invalidateQueries();
  for (const namespace of isKnown(event.type) ? STALE_BY_TYPE[event.type] : []) {
    // tRPC's query keys open with the path, and a shorter path matches everything below it.
    void queryClient.invalidateQueries({ queryKey: [[namespace]] });
  }
}

// A page that is older than its server hears of types that it does not know.
function isKnown(type: string): type is EventType {
  return Object.hasOwn(STALE_BY_TYPE, type);
}
