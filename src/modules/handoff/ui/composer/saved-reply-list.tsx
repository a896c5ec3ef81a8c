"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "@/components/cn";
import { SkeletonRows } from "@/components/ui/skeleton";
import { type KnownValues, fillVariables } from "@/modules/handoff/replies/rules";
import type { SavedReplySearch } from "./use-saved-reply-search";

type SavedReplyListProps = { search: SavedReplySearch; values: KnownValues };

/** What a slash finds, above the box: the names at the left, the words of the marked one at the right. */
export function SavedReplyList({ search, values }: SavedReplyListProps) {
  const t = useTranslations("composer.saved");
  const { found, at, listId } = search;
  const list = useRef<HTMLUListElement>(null);
  const marked = found[at];
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div className="absolute inset-x-0 bottom-full z-20 mb-2 overflow-hidden rounded-lg border bg-raised shadow-popover">
      {search.isPending ? (
        <SkeletonRows rows={3} label={t("loading")} />
      ) : found.length > 0 ? (
        <div className="flex max-h-72 flex-col sm:flex-row">
          <ul
            ref={list}
            id={listId}
            role="listbox"
            aria-label={t("label")}
            className="max-h-44 min-w-0 flex-1 overflow-y-auto p-1 sm:max-h-72"
          >
            {found.map((reply, index) => (
              <li
                key={reply.id}
                id={search.optionId(index)}
                role="option"
                aria-selected={index === at}
                onPointerMove={() => search.mark(index)}
                // The box keeps the focus, and with it the caret.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => search.choose(reply)}
                className={cn(
                  "flex min-h-8 cursor-default items-baseline gap-2 rounded-md px-2 py-1.5 coarse:min-h-11 coarse:items-center",
                  index === at && "bg-selected",
                )}
              >
                <span className="shrink-0 font-mono text-sm text-accent-text">/{reply.shortcut}</span>
                <span className="truncate">{reply.title}</span>
              </li>
            ))}
          </ul>
          <p
            aria-hidden
            className="max-h-28 overflow-y-auto border-t p-3 text-sm wrap-anywhere whitespace-pre-wrap text-text-2 sm:max-h-72 sm:w-1/2 sm:border-t-0 sm:border-l"
          >
            {marked && fillVariables(marked.text, values)}
          </p>
        </div>
      ) : null}
      {!search.isPending && <Footer hint={t(found.length > 0 ? "keys" : search.hasAny ? "nothing" : "none")} />}
      <p role="status" className="sr-only">
        {t("found", { count: found.length })}
      </p>
    </div>
  );
}

function Footer({ hint }: { hint: string }) {
  const t = useTranslations("composer.saved");
  const workspace = usePathname().split("/")[2] ?? "";
  return (
    <p className="flex flex-wrap justify-between gap-2 border-t px-3 py-2 text-sm text-muted first:border-t-0">
      {hint}
      <Link
        href={`/w/${workspace}/settings/replies`}
        className="rounded-sm text-accent-text underline underline-offset-3"
      >
        {t("manage")}
      </Link>
    </p>
  );
}
