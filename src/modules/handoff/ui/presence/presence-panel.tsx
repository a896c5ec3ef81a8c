"use client";

import { BellRing, ChartNoAxesColumn } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { PresenceStatus } from "@/db/enums";
import { onDemand } from "@/components/on-demand";
import { flyoutRowStyle } from "@/components/shell/flyout";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import type { OwnPresence } from "@/modules/handoff/presence/contract";
import { capacityLimits } from "@/modules/handoff/presence/limits";
import { trpc } from "@/trpc/client";
import { CapacityField } from "./capacity-field";
import { PresenceDot } from "./presence-dot";
import { totals } from "./use-presence-words";

const GoOfflineDialog = onDemand(() => import("./go-offline-dialog"));

const CHOICES = ["online", "away", "offline"] as const satisfies readonly PresenceStatus[];

/** The inside of the presence menu: what to be, how many dialogs at once, and the way to sounds. */
export default function PresencePanel({ presence, onChosen }: { presence: OwnPresence; onChosen: () => void }) {
  const t = useTranslations("presence");
  const name = useId();
  const workspaceHref = usePathname().split("/").slice(0, 3).join("/");
  const utils = trpc.useUtils();
  const errorText = useErrorText();
  const [isLeaving, setIsLeaving] = useState(false);
  const beat = trpc.handoff.heartbeat.useMutation({
    onMutate: (input) => {
      const { status } = input ?? {};
      if (status) utils.handoff.presence.setData(undefined, { ...presence, chosen: status, status });
    },
    onError: (error) => void toast.error(errorText(error)),
    onSettled: () => utils.handoff.invalidate(),
  });
  const { load } = totals(presence);
  const choose = (status: PresenceStatus) => {
    if (status === "offline" && load > 0) {
      // The panel lies over everything, so it goes before the question comes.
      onChosen();
      return setIsLeaving(true);
    }
    beat.mutate({ status, isVisible: true });
  };
  return (
    <>
      <fieldset>
        <legend className="sr-only">{t("menu")}</legend>
        {CHOICES.map((status) => (
          <label
            key={status}
            className="relative flex min-h-11 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1 hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              checked={presence.chosen === status}
              onChange={() => choose(status)}
              className="absolute inset-0 cursor-pointer appearance-none rounded-md outline-none"
            />
            <span className="grid size-4 shrink-0 place-items-center">
              <PresenceDot status={status} />
            </span>
            <span className="min-w-0">
              <span className="block">{t(`status.${status}`)}</span>
              <span className="block text-sm text-muted">{t(`hint.${status}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {presence.chosen === "online" && presence.status === "away" && (
        <p className="px-2 py-1.5 text-sm text-text-2">{t("autoAway")}</p>
      )}
      <hr className="my-1" />
      <p className="px-2 pt-1 text-sm font-medium text-text-2">{t("capacity.title")}</p>
      <CapacityField
        label={t("capacity.site")}
        load={presence.load.site}
        value={presence.siteCapacity}
        max={capacityLimits.site}
        onChange={(siteCapacity) => beat.mutate({ siteCapacity })}
      />
      <CapacityField
        label={t("capacity.telegram")}
        load={presence.load.telegram}
        value={presence.telegramCapacity}
        max={capacityLimits.telegram}
        onChange={(telegramCapacity) => beat.mutate({ telegramCapacity })}
      />
      <hr className="my-1" />
      <Link href={`${workspaceHref}/inbox/numbers`} prefetch={false} onClick={onChosen} className={flyoutRowStyle}>
        <ChartNoAxesColumn aria-hidden /> {t("numbers")}
      </Link>
      <Link href="/account/notifications" prefetch={false} onClick={onChosen} className={flyoutRowStyle}>
        <BellRing aria-hidden /> {t("notifications")}
      </Link>
      {isLeaving && <GoOfflineDialog count={load} onClose={() => setIsLeaving(false)} />}
    </>
  );
}
