"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { excerpt } from "@/lib/text";
import type { MessageItem } from "@/modules/dialogs/contract";

const SPOKEN_CHARS = 300;

/** Reads out what is said while the conversation is open; scrolling through older words stays silent. */
export function NewMessages({ messages }: { messages: readonly MessageItem[] }) {
  const t = useTranslations("dialogs.author");
  const [openedAtSeq] = useState(() => messages.at(-1)?.seq ?? 0);
  const fresh = messages.filter(({ seq }) => seq > openedAtSeq).slice(-5);
  return (
    <div role="log" aria-live="polite" className="sr-only">
      {fresh.map(({ id, author, authorName, text, attachment }) => (
        <p key={id}>
          {`${authorName || t(author)}: ${excerpt(text, SPOKEN_CHARS) || (attachment?.name ?? attachment?.kind ?? "")}`}
        </p>
      ))}
    </div>
  );
}
