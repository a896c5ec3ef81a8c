"use client";

import { Bookmark, ListFilter, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { onDemand } from "@/components/on-demand";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { useWasOnce } from "@/components/ui/use-was-once";
import { inboxLimits } from "@/modules/handoff/inbox/limits";
import { FILTER_NAMES, type InboxFilterState } from "./use-inbox-filter";

const FilterFields = onDemand(async () => ({ default: (await import("./filter-fields")).FilterFields }));
const FilterChips = onDemand(async () => ({ default: (await import("./filter-chips")).FilterChips }));
const ViewNameDialog = onDemand(async () => ({ default: (await import("./view-name-dialog")).ViewNameDialog }));

type InboxFiltersProps = {
  state: InboxFilterState;
  searchBox: RefObject<HTMLInputElement | null>;
  onKept: (viewId: string) => void;
};

/** Search, filters, and the way to keep them. */
export function InboxFilters({ state, searchBox, onKept }: InboxFiltersProps) {
  const t = useTranslations("inbox");
  const [isNaming, setIsNaming] = useState(false);
  const wasNaming = useWasOnce(isNaming);
  const count = state.chosen.length;
  return (
    <div role="search" aria-label={t("filters.label")} className="border-b px-3 py-2">
      <div className="flex items-center gap-1">
        <div className="relative min-w-0 flex-1">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted coarse:top-3.5"
            strokeWidth={1.75}
          />
          <Input
            ref={searchBox}
            type="search"
            aria-label={t("filters.search")}
            aria-keyshortcuts="/"
            placeholder={t("filters.searchShort")}
            value={state.shownSearch}
            maxLength={inboxLimits.searchChars}
            onChange={({ target }) => state.type(target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              if (state.shownSearch === "") event.currentTarget.blur();
              else state.set({ q: "" });
            }}
            className="pl-8"
          />
        </div>
        <Popover
          align="end"
          label={t("filters.label")}
          trigger={
            <IconButton
              label={count > 0 ? t("filters.openCounted", { count }) : t("filters.open")}
              className="relative"
            >
              <ListFilter aria-hidden />
            </IconButton>
          }
        >
          <FilterFields state={state} />
        </Popover>
        {state.isFiltered && (
          <>
            <IconButton label={t("views.save")} onClick={() => setIsNaming(true)}>
              <Bookmark aria-hidden />
            </IconButton>
            <IconButton label={t("filters.reset")} onClick={state.reset}>
              <X aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      {count > 0 && <FilterChips state={state} />}
      {wasNaming && (
        <ViewNameDialog open={isNaming} onOpenChange={setIsNaming} filter={savedFilterOf(state)} onMade={onKept} />
      )}
    </div>
  );
}

function savedFilterOf({ view, values }: InboxFilterState): Record<string, string> {
  const set = FILTER_NAMES.flatMap((name) => (values[name] ? [[name, values[name]] as const] : []));
  return { view, ...Object.fromEntries(set) };
}
