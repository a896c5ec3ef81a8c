"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Holder } from "@/modules/handoff/contract";

/** Over the composer: which colleague is writing an answer to the same visitor. Keeps its place, so that nothing jumps. */
export function TypingLine({ typing }: { typing: readonly Holder[] }) {
  const t = useTranslations("conversation.company");
  const header = useTranslations("conversation.header");
  const format = useFormatter();
  const names = typing.map(({ name }) => name || header("nameless"));
  return (
    <p role="status" className="flex h-6 items-center gap-2 truncate px-1 text-xs text-accent-text">
      {names.length > 0 && (
        <>
          <span aria-hidden className="flex gap-0.5">
            {[0, 1, 2].map((dot) => (
              <span key={dot} className="size-1 animate-pulse rounded-full bg-accent motion-reduce:animate-none" />
            ))}
          </span>
          {t("typing", { names: format.list(names), count: names.length })}
        </>
      )}
    </p>
  );
}
