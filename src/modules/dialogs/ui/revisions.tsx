"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/time-ago";
import type { MessageItem } from "@/modules/dialogs/contract";

/** Says that the visitor changed or took back a message, and keeps what stood there at hand. */
export function Revisions({ message }: { message: Pick<MessageItem, "editedAt" | "removedAt" | "earlier"> }) {
  const t = useTranslations("dialogs.revision");
  const at = message.removedAt ?? message.editedAt;
  if (!at) return null;
  return (
    <details className="max-w-[85%] text-xs text-muted">
      <summary className="cursor-pointer rounded-sm">
        {t(message.removedAt ? "removed" : "edited")} <TimeAgo at={at} style="words" />
      </summary>
      <ol aria-label={t("earlier")} className="mt-1 flex flex-col gap-1 border-l pl-3">
        {message.earlier.map((version, index) => (
          <li key={`${version.at}-${index}`} className="wrap-anywhere whitespace-pre-wrap">
            {version.text === "" ? t("noWords") : version.text}
          </li>
        ))}
      </ol>
    </details>
  );
}
