"use client";

import { Check, Plus } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { matchesInAnyLayout } from "@/lib/keyboard-layout";
import { Avatar } from "../ui/avatar";
import { Input } from "../ui/input";
import { flyoutRowStyle } from "./flyout";
import type { WorkspaceListProps } from "./workspace-switcher";

const SEARCH_ABOVE = 7;

/** Switching keeps the section: dialogs of one workspace lead to dialogs of the other. */
export default function WorkspaceList({ workspaces, current, createWorkspaceHref, onChosen }: WorkspaceListProps) {
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
