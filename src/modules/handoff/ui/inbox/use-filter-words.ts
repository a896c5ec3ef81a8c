"use client";

import { useTranslations } from "next-intl";
import type { SelectOption } from "@/components/ui/select";
import { INBOX_CHANNELS, INBOX_SORTS, WAIT_STATES } from "@/modules/handoff/inbox/limits";
import { trpc } from "@/trpc/client";
import type { FilterName } from "./use-inbox-filter";

/** What each filter can be, in words. */
export function useFilterOptions(): Record<Exclude<FilterName, "q">, SelectOption[]> {
  const t = useTranslations("inbox.filters");
  const channels = useTranslations("dialogs.channel");
  const assistants = trpc.assistants.list.useQuery({}, { staleTime: 60_000 });
  const tags = trpc.inbox.tags.useQuery(undefined, { staleTime: 60_000 });
  const people = trpc.handoff.operators.useQuery(undefined, { staleTime: 60_000 });
  return {
    channel: INBOX_CHANNELS.map((value) => ({ value, label: channels(value) })),
    assistant: (assistants.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    tag: (tags.data?.items ?? []).map((tag) => ({ value: tag, label: tag })),
    assignee: [
      { value: "none", label: t("nobody") },
      ...(people.data?.items ?? []).map(({ userId, name }) => ({ value: userId, label: name || t("nameless") })),
    ],
    unread: [{ value: "1", label: t("unreadOnly") }],
    wait: WAIT_STATES.map((value) => ({ value, label: t(`waits.${value}`) })),
    sort: INBOX_SORTS.map((value) => ({ value, label: t(`sorts.${value}`) })),
  };
}
