"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { CHANNELS } from "@/db/enums";
import { DIALOG_FILTERS, dialogLimits, PERIODS, RATING_FILTERS, RESOLUTION_FILTERS } from "@/modules/dialogs/limits";
import { trpc } from "@/trpc/client";
import type { DialogFilterState } from "./use-dialog-filter";

type DialogFiltersProps = { state: DialogFilterState };
type Choice = { value: string; label: string };

/** Search and choices of the list; channels, assistants and tags say how many dialogs each would show. */
export function DialogFilters({ state }: DialogFiltersProps) {
  const t = useTranslations("dialogs");
  const common = useTranslations("common.action");
  const { filter, shown, set, type } = state;
  const [isOpen, setIsOpen] = useState(false);
  const { search: _, ...choices } = filter;
  const chosen = Object.values(choices).filter((value) => value !== undefined).length;
  const counts = trpc.dialogs.counts.useQuery(filter, { placeholderData: (earlier) => earlier });
  const counted = (label: string, count: number | undefined) =>
    counts.data ? t("filter.counted", { label, count: count ?? 0 }) : label;
  const choose = (name: keyof typeof filter, options: Choice[]) => (
    <Select
      aria-label={t(`filter.${name}`)}
      value={filter[name] ?? ""}
      onChange={({ target }) => set({ [name]: target.value })}
      options={[{ value: "", label: t(`filter.any.${name}`) }, ...options]}
    />
  );
  const channelCount = (channel: string) => counts.data?.channels.find((one) => one.channel === channel)?.count;
  return (
    <div
      role="search"
      aria-label={t("filter.label")}
      className="mb-4 grid grid-cols-2 gap-2 md:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]"
    >
      <Input
        type="search"
        aria-label={t("filter.search")}
        placeholder={t("filter.search")}
        value={shown.search ?? ""}
        maxLength={dialogLimits.searchChars}
        onChange={({ target }) => type({ search: target.value })}
        className="col-span-2"
      />
      <Button
        className="col-span-2 md:hidden"
        icon={<ListFilter aria-hidden />}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t("filter.open", { count: chosen })}
      </Button>
      <div className={cn("contents", !isOpen && "max-md:hidden")}>
        {choose(
          "period",
          PERIODS.map((value) => ({ value, label: t(`period.${value}`) })),
        )}
        {filter.period === "custom" &&
          (["from", "to"] as const).map((name) => (
            <Input
              key={name}
              type="date"
              aria-label={t(`filter.${name}`)}
              title={t(`filter.${name}`)}
              value={shown[name] ?? ""}
              onChange={({ target }) => set({ [name]: target.value })}
            />
          ))}
        {choose(
          "status",
          DIALOG_FILTERS.map((value) => ({ value, label: t(`status.${value}`) })),
        )}
        {choose(
          "channel",
          CHANNELS.map((value) => ({ value, label: counted(t(`channel.${value}`), channelCount(value)) })),
        )}
        {choose(
          "assistantId",
          (counts.data?.assistants ?? []).map(({ id, name, count }) => ({ value: id, label: counted(name, count) })),
        )}
        {choose(
          "rating",
          RATING_FILTERS.map((value) => ({ value, label: t(`ratingFilter.${value}`) })),
        )}
        {choose(
          "resolution",
          RESOLUTION_FILTERS.map((value) => ({ value, label: t(`resolution.${value}`) })),
        )}
        {((counts.data?.tags.length ?? 0) > 0 || filter.tag) &&
          choose(
            "tag",
            tagChoices(counts.data?.tags ?? [], filter.tag).map(({ tag, count }) => ({
              value: tag,
              label: counted(tag, count),
            })),
          )}
      </div>
      {state.isFiltered && (
        <Button variant="ghost" className="max-md:col-span-2 md:w-fit" onClick={state.reset}>
          {common("resetFilters")}
        </Button>
      )}
    </div>
  );
}

/** A chosen tag stays in the list though nothing has it under the other filters. */
function tagChoices(tags: readonly { tag: string; count: number }[], chosen: string | undefined) {
  const isListed = chosen === undefined || tags.some(({ tag }) => tag === chosen);
  return isListed ? tags : [...tags, { tag: chosen, count: 0 }];
}
