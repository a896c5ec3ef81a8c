"use client";

import { useTranslations } from "next-intl";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import { trpc } from "@/trpc/client";
import type { useInboxPlace } from "./use-inbox-place";

/** The column of dialogs of the chosen view. */
export function InboxList({ place }: { place: ReturnType<typeof useInboxPlace> }) {
  const common = useTranslations("common");
  const { nameOf } = useDialogWords();
  const dialogs = trpc.dialogs.list.useQuery({});
  if (!dialogs.data) return <SkeletonRows rows={8} label={common("state.loading")} />;
  return (
    <ul className="divide-y">
      {dialogs.data.items.map((dialog) => (
        <li key={dialog.id}>
          <a
            href={place.hrefOf({ dialogId: dialog.id })}
            aria-current={dialog.id === place.dialogId ? "true" : undefined}
            className="block truncate p-3 hover:bg-hover focus-inset aria-[current=true]:bg-selected"
            onClick={(event) => {
              event.preventDefault();
              place.go({ dialogId: dialog.id });
            }}
          >
            {nameOf(dialog)}
          </a>
        </li>
      ))}
    </ul>
  );
}
