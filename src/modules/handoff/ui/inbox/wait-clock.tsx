"use client";

import { AlarmClock, Clock, ClockFading } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/cn";
import { formatDuration } from "@/lib/format";
import type { InboxItem } from "@/modules/handoff/inbox/contract";
import { waitState } from "@/modules/handoff/inbox/rules";
import { trpc } from "@/trpc/client";
import { useTickingNow } from "./use-ticking-now";

const looks = {
  calm: { Icon: Clock, className: "text-muted" },
  soon: { Icon: ClockFading, className: "text-warning-text" },
  over: { Icon: AlarmClock, className: "font-medium text-danger-text" },
} as const;

type WaitClockProps = { channel: InboxItem["channel"]; since: Date; className?: string };

/** How long a visitor has waited, in the shape, colour and words of what the channel promises. */
export function WaitClock({ channel, since, className }: WaitClockProps) {
  const t = useTranslations("inbox.wait");
  const locale = useLocale();
  const now = useTickingNow();
  // One answer for all clocks of the page; until it is here the product's own figures hold.
  const promises = trpc.reach.now.useQuery(undefined, { staleTime: 5 * 60_000 });
  if (now === null) return null;
  const waitedMs = Math.max(0, now - since.getTime());
  const state = waitState(channel, waitedMs, promises.data);
  const { Icon, className: look } = looks[state];
  return (
    <span
      data-wait={state}
      title={t(state)}
      className={cn("inline-flex shrink-0 items-center gap-1 text-xs tabular-nums", look, className)}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={state === "over" ? 2.25 : 1.75} />
      {state === "over" && <span aria-hidden>!</span>}
      <span className="sr-only">{t(`${state}Label`)} </span>
      <time dateTime={since.toISOString()}>{formatDuration(waitedMs, locale)}</time>
    </span>
  );
}
