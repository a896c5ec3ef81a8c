"use client";

import { useTranslations } from "next-intl";
import { CHANNELS } from "@/db/enums";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { DIALOG_FILTERS, dialogLimits } from "@/modules/dialogs/limits";
import { trpc } from "@/trpc/client";
import type { DialogFilterValues } from "./use-dialog-filter";

type DialogFiltersProps = {
  filter: DialogFilterValues["filter"];
  onChange: DialogFilterValues["setFilter"];
  onReset: (() => void) | undefined;
};

export function DialogFilters({ filter, onChange, onReset }: DialogFiltersProps) {
  const t = useTranslations("dialogs");
  const common = useTranslations("common.action");
  const assistants = trpc.assistants.list.useQuery({});
  const any = (label: string) => ({ value: "", label });
  return (
    <div role="search" aria-label={t("filter.label")} className="mb-4 grid grid-cols-2 gap-2 md:flex md:flex-wrap">
      <Input
        type="search"
        aria-label={t("filter.search")}
        placeholder={t("filter.search")}
        defaultValue={filter.search ?? ""}
        key={onReset ? "filtered" : "all"}
        maxLength={dialogLimits.searchChars}
        onChange={({ target }) => onChange({ search: target.value })}
        className="col-span-2 md:w-64"
      />
      <Select
        aria-label={t("filter.status")}
        value={filter.status ?? ""}
        onChange={({ target }) => onChange({ status: target.value })}
        options={[
          any(t("filter.anyStatus")),
          ...DIALOG_FILTERS.map((value) => ({ value, label: t(`status.${value}`) })),
        ]}
        className="md:w-48"
      />
      <Select
        aria-label={t("filter.channel")}
        value={filter.channel ?? ""}
        onChange={({ target }) => onChange({ channel: target.value })}
        options={[any(t("filter.anyChannel")), ...CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))]}
        className="md:w-40"
      />
      <Select
        aria-label={t("filter.assistant")}
        value={filter.assistantId ?? ""}
        onChange={({ target }) => onChange({ assistantId: target.value })}
        options={[
          any(t("filter.anyAssistant")),
          ...(assistants.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        className="md:w-48"
      />
      {onReset && (
        <Button variant="ghost" onClick={onReset}>
          {common("resetFilters")}
        </Button>
      )}
    </div>
  );
}
