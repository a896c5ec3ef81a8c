"use client";

import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Avatar } from "../ui/avatar";
import { Input } from "../ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { cn } from "../cn";
import { matchesInAnyLayout } from "@/lib/keyboard-layout";
import type { ShellWorkspace } from "./navigation";

type WorkspaceSwitcherProps = {
  workspaces: readonly ShellWorkspace[];
  current: ShellWorkspace;
  createWorkspaceHref?: string;
  isCollapsed?: boolean;
};

const SEARCH_ABOVE = 7;

/** Switching keeps the section: dialogs of one workspace lead to dialogs of the other. */
export function WorkspaceSwitcher({
  workspaces,
  current,
  createWorkspaceHref,
  isCollapsed = false,
}: WorkspaceSwitcherProps) {
  const t = useTranslations("shell.workspace");
  const pathname = usePathname();
  const [search, setSearch] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const section = pathname.split("/")[3];
  const found = workspaces.filter(({ name }) => matchesInAnyLayout(search, [name]));
  const rowStyle = "flex min-h-10 items-center gap-2.5 rounded-md px-2 hover:bg-hover focus-inset touch-target";
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger
        aria-label={`${t("switch")}: ${current.name}`}
        className={cn(
          "flex h-9 items-center gap-2.5 rounded-md px-1.5 text-left hover:bg-hover focus-inset touch-target",
          isCollapsed && "justify-center",
        )}
      >
        <Avatar kind="workspace" name={current.name} />
        {!isCollapsed && (
          <>
            <span className="min-w-0 flex-1 truncate font-semibold">{current.name}</span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
          </>
        )}
      </PopoverTrigger>
      <PopoverContent className="flex max-h-[min(480px,80dvh)] flex-col p-1" aria-label={t("switch")}>
        {workspaces.length > SEARCH_ABOVE && (
          <Input
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder={t("search")}
            aria-label={t("search")}
            className="mb-1"
          />
        )}
        <ul className="min-h-0 overflow-y-auto">
          {found.map(({ id, slug, name, role }) => (
            <li key={id}>
              <Link
                href={`/w/${slug}${section ? `/${section}` : ""}`}
                aria-current={id === current.id ? "true" : undefined}
                onClick={() => setIsOpen(false)}
                className={rowStyle}
              >
                <Avatar kind="workspace" name={name} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{name}</span>
                  <span className="block text-xs text-muted">{t(`role.${role}`)}</span>
                </span>
                {id === current.id && <Check aria-hidden className="size-4 shrink-0 text-accent-text" />}
              </Link>
            </li>
          ))}
        </ul>
        {found.length === 0 && <p className="p-2 text-muted">{t("none")}</p>}
        {createWorkspaceHref && (
          <Link
            href={createWorkspaceHref}
            onClick={() => setIsOpen(false)}
            className={cn(rowStyle, "mt-1 rounded-t-none border-t text-text-2")}
          >
            <Plus aria-hidden className="mx-1.5 size-4" strokeWidth={1.75} />
            {t("create")}
          </Link>
        )}
      </PopoverContent>
    </Popover>
  );
}
