"use client";

import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import { cn } from "../cn";
import { Avatar } from "../ui/avatar";
import { Flyout } from "./flyout";
import type { ShellWorkspace } from "./navigation";

/** Comes when somebody is about to open it. */
export const WorkspaceList = lazy(() => import("./workspace-list"));

export type WorkspaceListProps = {
  workspaces: readonly ShellWorkspace[];
  current: ShellWorkspace;
  createWorkspaceHref?: string;
  onChosen: () => void;
};

type WorkspaceSwitcherProps = Omit<WorkspaceListProps, "onChosen"> & { isCollapsed: boolean };

export function WorkspaceSwitcher({ isCollapsed, ...list }: WorkspaceSwitcherProps) {
  const t = useTranslations("shell.workspace");
  const { name } = list.current;
  return (
    <Flyout
      label={t("switch")}
      triggerClassName={cn(
        "flex h-9 items-center gap-2.5 rounded-md px-1.5 text-left hover:bg-hover focus-inset",
        isCollapsed && "justify-center",
      )}
      className="top-12 left-2 w-72"
      trigger={
        <>
          <Avatar kind="workspace" name={name} />
          <span className={isCollapsed ? "sr-only" : "min-w-0 flex-1 truncate font-semibold"}>{name}</span>
          <span className="sr-only">, {t("switch")}</span>
          {!isCollapsed && <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />}
        </>
      }
    >
      {(close) => <WorkspaceList {...list} onChosen={close} />}
    </Flyout>
  );
}
