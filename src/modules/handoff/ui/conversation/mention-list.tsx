"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/cn";
import { Avatar } from "@/components/ui/avatar";
import type { MentionSearchState } from "./use-mention-search";

/** Colleagues whom the `@` before the caret may mean, above the box that keeps the focus. */
export function MentionList({ search }: { search: MentionSearchState }) {
  const t = useTranslations("conversation.note");
  const { found, at, listId } = search;
  if (found.length === 0) return null;
  return (
    <ul
      id={listId}
      role="listbox"
      aria-label={t("mention")}
      className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-64 overflow-y-auto rounded-lg border bg-raised p-1 shadow-popover"
    >
      {found.map(({ userId, name }, index) => (
        <li
          key={userId}
          id={search.optionId(index)}
          role="option"
          aria-selected={index === at}
          onPointerMove={() => search.mark(index)}
          // The box keeps the focus, and with it the caret.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => search.choose(name)}
          className={cn(
            "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 coarse:min-h-11",
            index === at && "bg-selected",
          )}
        >
          <Avatar name={name} size="sm" />
          <bdi className="truncate">{name}</bdi>
        </li>
      ))}
    </ul>
  );
}
