"use client";

import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { matchesInAnyLayout } from "@/lib/keyboard-layout";
import { cn } from "../cn";
import { Avatar } from "../ui/avatar";
import { Input } from "../ui/input";
import { Flyout, flyoutRowStyle } from "./flyout";
import type { ShellWorkspace } from "./navigation";

type WorkspaceListProps = {
  workspaces: readonly ShellWorkspace[];
  current: ShellWorkspace;
  createWorkspaceHref?: string;
};

const SEARCH_ABOVE = 7;

export function WorkspaceSwitcher({ isCollapsed, ...list }: WorkspaceListProps & { isCollapsed: boolean }) {
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

/** Switching keeps the section: dialogs of one workspace lead to dialogs of the other. */
export function WorkspaceList({
  workspaces,
  current,
  createWorkspaceHref,
  onChosen,
}: WorkspaceListProps & { onChosen: () => void }) {
  const t = useTranslations("shell.workspace");
  const section = usePathname().split("/")[3];
  const [search, setSearch] = useState("");
  const found = workspaces.filter(({ name }) => matchesInAnyLayout(search, [name]));
  return (
    <>
      {workspaces.length > SEARCH_ABOVE && (
        <Input
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t("search")}
          aria-label={t("search")}
          className="mb-1"
        />
      )}
      <ul>
        {found.map(({ id, slug, name, role }) => (
          <li key={id}>
            <Link
              href={`/w/${slug}${section ? `/${section}` : ""}`}
              prefetch={false}
              aria-current={id === current.id ? "true" : undefined}
              onClick={onChosen}
              className={flyoutRowStyle}
            >
              <Avatar kind="workspace" name={name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block text-xs text-muted">{t(`role.${role}`)}</span>
              </span>
              {id === current.id && <Check aria-hidden />}
            </Link>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="p-2 text-muted">{t("none")}</p>}
      {createWorkspaceHref && (
        <Link href={createWorkspaceHref} prefetch={false} onClick={onChosen} className={flyoutRowStyle}>
          <Plus aria-hidden className="mx-1.5" />
          {t("create")}
        </Link>
      )}
    </>
  );
}
