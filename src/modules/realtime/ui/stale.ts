import type { QueryClient } from "@tanstack/react-query";
import type { WorkspaceEvent } from "@/modules/realtime/contract";

// Which namespaces a hint makes stale. A hint without a row concerns nothing that is on a screen.
const STALE_BY_TYPE: Record<string, string[]> = {
  "message.new": ["dialogs"],
  "message.updated": ["dialogs"],
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
  for (const namespace of STALE_BY_TYPE[event.type] ?? []) {
    // tRPC's query keys open with the path, and a shorter path matches everything below it.
    void queryClient.invalidateQueries({ queryKey: [[namespace]] });
  }
}
