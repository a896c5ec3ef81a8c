"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";
import { Flyout } from "@/components/shell/flyout";
import { cn } from "@/components/cn";
import { trpc } from "@/trpc/client";
import { PresenceDot } from "./presence-dot";
import { totals, usePresenceWords } from "./use-presence-words";

/** Comes when somebody is about to open it. */
const PresencePanel = lazy(() => import("./presence-panel"));

const rowStyle =
  "flex min-h-9 shrink-0 items-center gap-2.5 rounded-md px-2 text-left text-text-2 hover:bg-hover hover:text-text focus-inset touch-target";

/** The own presence and load in the frame of every page, and the way to change them. In the phone's menu it unfolds. */
export function PresenceMenu({ isCollapsed, onChosen }: { isCollapsed: boolean; onChosen?: () => void }) {
  const t = useTranslations("presence");
  const words = usePresenceWords();
  const { data: presence } = trpc.handoff.presence.useQuery();
  if (!presence) return <div aria-hidden className="min-h-9 shrink-0" />;
  const { load, capacity } = totals(presence);
  const face = (
    <>
      <span className="grid size-4 shrink-0 place-items-center">
        <PresenceDot status={presence.status} />
      </span>
      <span className={isCollapsed ? "sr-only" : "min-w-0 flex-1 truncate"}>{words(presence)}</span>
      {!isCollapsed && (
        <span aria-hidden className="text-sm tabular-nums">
          {load}/{capacity}
        </span>
      )}
      <span className="sr-only">, {t("loadLabel", { load, capacity })}</span>
    </>
  );
  if (onChosen) {
    return (
      <details>
        <summary className={cn(rowStyle, "cursor-pointer list-none [&::-webkit-details-marker]:hidden")}>
          {face}
        </summary>
        <PresencePanel presence={presence} onChosen={onChosen} />
      </details>
    );
  }
  return (
    <Flyout
      label={t("menu")}
      triggerClassName={cn(rowStyle, isCollapsed && "justify-center px-0")}
      className={cn("bottom-23 left-2 w-72", isCollapsed && "bottom-32")}
      trigger={face}
    >
      {(close) => <PresencePanel presence={presence} onChosen={close} />}
    </Flyout>
  );
}
