"use client";

import { Check, CircleAlert, CircleHelp, Clock, RotateCw, SendHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/cn";
import { onDemand } from "@/components/on-demand";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/use-error-text";
import type { DeliveryState } from "@/db/enums";
import { RETRYABLE } from "@/modules/dialogs/limits";
import { trpc } from "@/trpc/client";

const DeliveryTimeline = onDemand(async () => ({ default: (await import("./delivery-timeline")).DeliveryTimeline }));

const LOOK = {
  queued: { icon: Clock, tone: "text-muted" },
  sending: { icon: SendHorizontal, tone: "text-muted" },
  sent: { icon: Check, tone: "text-success-text" },
  uncertain: { icon: CircleHelp, tone: "text-warning-text" },
  failed: { icon: CircleAlert, tone: "text-danger-text" },
} as const;

type DeliveryMarkProps = { messageId: string; state: DeliveryState };

/** The tick under a message that left for a channel. Opens how it got there, and sends it again where that makes sense. */
export function DeliveryMark({ messageId, state }: DeliveryMarkProps) {
  const t = useTranslations("dialogs");
  const { icon: Icon, tone } = LOOK[state];
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <Popover
        label={t("timeline.title")}
        align="end"
        className="max-h-96 overflow-y-auto"
        trigger={
          <button
            type="button"
            className={cn("flex min-h-6 items-center gap-1 rounded-sm px-1 text-xs hover:bg-hover", tone)}
            aria-label={t("timeline.open", { state: t(`delivery.${state}`) })}
          >
            <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
            <span>{t(`delivery.${state}`)}</span>
          </button>
        }
      >
        <h3 className="mb-2 text-sm font-medium">{t("timeline.title")}</h3>
        <Timeline messageId={messageId} />
      </Popover>
      {RETRYABLE.some((retryable) => retryable === state) && <Retry messageId={messageId} state={state} />}
    </div>
  );
}

function Timeline({ messageId }: { messageId: string }) {
  const common = useTranslations("common.state");
  const errorText = useErrorText();
  const delivery = trpc.dialogs.delivery.useQuery({ messageId }, { staleTime: 0 });
  if (delivery.isPending) return <SkeletonRows rows={3} label={common("loading")} />;
  if (delivery.isError) return <p className="text-sm text-danger-text">{errorText(delivery.error)}</p>;
  return <DeliveryTimeline parts={delivery.data.parts} />;
}

function Retry({ messageId, state }: DeliveryMarkProps) {
  const t = useTranslations("dialogs.timeline");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const retry = trpc.dialogs.retryDelivery.useMutation({ onSuccess: () => utils.dialogs.invalidate() });
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon={<RotateCw aria-hidden />}
        busy={retry.isPending}
        onClick={() => retry.mutate({ messageId })}
      >
        {t(state === "uncertain" ? "retryUncertain" : "retry")}
      </Button>
      {retry.error && (
        <p role="alert" className="basis-full text-right text-xs text-danger-text">
          {errorText(retry.error)}
        </p>
      )}
    </>
  );
}
