"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { toast } from "@/components/ui/toast";
import { useRefusalText } from "@/modules/handoff/ui/use-refusal-text";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { wire } from "@/trpc/wire";
import { DelayedActs } from "./delayed-act";

// One for the tab: whoever opens the next dialog meanwhile has not taken the return back.
const returns = new DelayedActs();

/** Gives a dialog back to the assistant in five seconds, unless it is taken back. A page that is closed returns it at once. */
export function useReturn(dialogId: string): (summary: string) => void {
  const t = useTranslations("reach.return");
  const utils = trpc.useUtils();
  const refusalText = useRefusalText();
  const workspaceId = useWorkspaceId();
  useEffect(() => {
    const leave = () => returns.leaveNow();
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, []);
  return (summary) => {
    const input = { dialogId, summary: summary.trim() === "" ? undefined : summary };
    const run = async () => {
      try {
        await utils.client.handoff.release.mutate(input);
      } catch (error) {
        toast.error(refusalText(error));
      }
      await Promise.all([utils.handoff.invalidate(), utils.dialogs.invalidate()]);
    };
    returns.start(dialogId, { run: () => void run(), leave: () => leaveWith(input, workspaceId) });
    toast.info(t("returning"), {
      action: { label: t("undo"), onClick: () => void (returns.cancel(dialogId) && toast.success(t("undone"))) },
    });
  };
}

// The client's own call would be cut off with the page.
function leaveWith(input: object, workspaceId: string | null): void {
  void fetch("/api/trpc/handoff.release", {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json", ...(workspaceId && { "x-workspace-id": workspaceId }) },
    body: JSON.stringify(wire.serialize(input)),
  }).catch(() => undefined);
}
