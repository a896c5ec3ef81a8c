"use client";

import { useTranslations } from "next-intl";
import { CHANNELS } from "@/db/enums";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { DIALOG_FILTERS, dialogLimits } from "@/modules/dialogs/limits";
import { trpc } from "@/trpc/client";
import type { DialogFilterState } from "./use-dialog-filter";

type DialogFiltersProps = {
  state: DialogFilterState;
};

export function DialogFilters({ state }: DialogFiltersProps) {
  const t = useTranslations("dialogs");
  const { filter, shown, set, type } = state;
  const common = useTranslations("common.action");
  const assistants = trpc.assistants.list.useQuery({});
  const any = (label: string) => ({ value: "", label });
  return (
    <div role="search" aria-label={t("filter.label")} className="mb-4 grid grid-cols-2 gap-2 md:flex md:flex-wrap">
      <Input
        type="search"
        aria-label={t("filter.search")}
        placeholder={t("filter.search")}
        value={shown.search ?? ""}
        maxLength={dialogLimits.searchChars}
        onChange={({ target }) => type({ search: target.value })}
        className="col-span-2 md:w-64"
      />
      <Select
        aria-label={t("filter.status")}
        value={filter.status ?? ""}
        onChange={({ target }) => set({ status: target.value })}
        options={[
          any(t("filter.anyStatus")),
          ...DIALOG_FILTERS.map((value) => ({ value, label: t(`status.${value}`) })),
        ]}
        className="md:w-48"
      />
      <Select
        aria-label={t("filter.channel")}
        value={filter.channel ?? ""}
        onChange={({ target }) => set({ channel: target.value })}
        options={[any(t("filter.anyChannel")), ...CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))]}
        className="md:w-40"
      />
      <Select
        aria-label={t("filter.assistant")}
        value={filter.assistantId ?? ""}
        onChange={({ target }) => set({ assistantId: target.value })}
        options={[
          any(t("filter.anyAssistant")),
          ...(assistants.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        className="md:w-48"
      />
      {state.isFiltered && (
        <Button variant="ghost" onClick={state.reset}>
          {common("resetFilters")}
        </Button>
      )}
    </div>
  );
}
