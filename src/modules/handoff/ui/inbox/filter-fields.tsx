"use client";

import { useTranslations } from "next-intl";
import { SelectField } from "@/components/ui/select";
import { useFilterOptions } from "./use-filter-words";
import type { InboxFilterState } from "./use-inbox-filter";

const FIELDS = ["channel", "assistant", "tag", "assignee", "wait", "unread", "sort"] as const;

/** The inside of the filter panel. */
export function FilterFields({ state }: { state: InboxFilterState }) {
  const t = useTranslations("inbox.filters");
  const options = useFilterOptions();
  return (
    <div className="flex flex-col gap-3">
      {FIELDS.map((name) => (
        <SelectField
          key={name}
          label={t(`field.${name}`)}
          value={state.values[name] ?? ""}
          onChange={({ target }) => state.set({ [name]: target.value })}
          options={[{ value: "", label: t(`any.${name}`) }, ...options[name]]}
        />
      ))}
    </div>
  );
}
