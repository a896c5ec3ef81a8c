"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";
import { cn } from "../cn";
import { Avatar } from "../ui/avatar";
import { Flyout } from "./flyout";
import type { ShellUser } from "./navigation";

/** Comes when somebody is about to open it. */
export const AccountPanel = lazy(() => import("./account-panel"));

export type AccountPanelProps = {
  user: ShellUser;
  accountHref?: string;
  onSignOut: () => void;
  onChosen: () => void;
};

type AccountMenuProps = Omit<AccountPanelProps, "onChosen"> & { isCollapsed: boolean };

export function AccountMenu({ isCollapsed, ...panel }: AccountMenuProps) {
  const t = useTranslations("shell.account");
  const { name } = panel.user;
  return (
    <Flyout
      label={t("menu")}
      triggerClassName={cn(
        "flex h-9 min-w-0 items-center gap-2.5 rounded-md px-1.5 text-left hover:bg-hover focus-inset",
        !isCollapsed && "flex-1",
      )}
      className={cn("bottom-13 left-2 w-64", isCollapsed && "bottom-22")}
      trigger={
        <>
          <Avatar name={name} />
          <span className={isCollapsed ? "sr-only" : "truncate"}>{name}</span>
          <span className="sr-only">, {t("menu")}</span>
        </>
      }
    >
      {(close) => <AccountPanel {...panel} onChosen={close} />}
    </Flyout>
  );
}
