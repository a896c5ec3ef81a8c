"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFilterOptions } from "./use-filter-words";
import type { InboxFilterState } from "./use-inbox-filter";

/** What the list is narrowed by; a press takes one away. */
export function FilterChips({ state }: { state: InboxFilterState }) {
  const t = useTranslations("inbox.filters");
  const options = useFilterOptions();
  return (
    <ul className="mt-2 flex flex-wrap gap-1">
      {state.chosen.map((name) => {
        const value = state.values[name];
        const label = options[name].find((option) => option.value === value)?.label ?? value ?? "";
        return (
          <li key={name}>
            <button
              type="button"
              aria-label={t("take", { name: t(`field.${name}`), value: label })}
              onClick={() => state.set({ [name]: "" })}
              className="flex h-6 max-w-56 items-center gap-1 rounded-sm bg-accent-tint px-1.5 text-xs font-medium text-accent-text touch-target hover:bg-selected"
            >
              <span className="truncate">
                {t(`field.${name}`)}: {label}
              </span>
              <X aria-hidden className="size-3 shrink-0" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
