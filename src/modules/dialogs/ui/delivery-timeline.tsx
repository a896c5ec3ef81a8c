"use client";

import { useFormatter, useTranslations } from "next-intl";
import { usePersonsTimeZone } from "@/components/ui/time-ago";
import type { DeliveryMoment, DeliveryPart } from "@/modules/dialogs/delivery/contract";

/** Every state that the parts of a message were in, with the reason where one is known. */
export function DeliveryTimeline({ parts }: { parts: readonly DeliveryPart[] }) {
  const t = useTranslations("dialogs.timeline");
  if (parts.length === 0) return <p className="text-sm text-muted">{t("empty")}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {parts.map((part) => (
        <li key={part.part}>
          {parts.length > 1 && (
            <p className="mb-1 text-xs font-medium text-text-2">
              {t("part", { number: part.part + 1, total: parts.length })}
            </p>
          )}
          <ol className="flex flex-col gap-1 border-l pl-3">
            {part.moments.map((moment, index) => (
              <Moment key={index} moment={moment} />
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

function Moment({ moment: { state, at, reason } }: { moment: DeliveryMoment }) {
  const t = useTranslations("dialogs");
  const format = useFormatter();
  const timeZone = usePersonsTimeZone();
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone } as const;
  return (
    <li className="flex gap-2 text-sm">
      <time
        dateTime={at.toISOString()}
        title={format.dateTime(at, { dateStyle: "medium", timeStyle: "long", timeZone })}
        className="shrink-0 text-muted tabular-nums"
      >
        {format.dateTime(at, time)}
      </time>
      <span className="min-w-0">
        {t(`delivery.${state}`)}
        {reason && <span className="block text-xs text-muted">{t(`timeline.reason.${reason}`)}</span>}
      </span>
    </li>
  );
}
