"use client";

import { Clock, Headset, Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { onDemand } from "@/components/on-demand";
import { Button } from "@/components/ui/button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { DialogDetail } from "@/modules/dialogs/contract";
import type { HandoffState } from "@/modules/handoff/contract";
import { trpc } from "@/trpc/client";
import { useHandoffActions } from "./use-handoff-actions";

const HandOverMenu = onDemand(async () => ({ default: (await import("./hand-over-menu")).HandOverMenu }));

/** Who has the dialog, and the ways on from there: T takes it, B gives it back. */
export function HandoffBanner({ dialog }: { dialog: DialogDetail }) {
  const state = trpc.handoff.state.useQuery({ dialogId: dialog.id });
  if (!state.data || dialog.status === "ended" || dialog.channel === "preview") return null;
  return <Banner dialogId={dialog.id} state={state.data} />;
}

function Banner({ dialogId, state }: { dialogId: string; state: HandoffState }) {
  const t = useTranslations("handoff.banner");
  const { isBusy, take, release, cancel, transfer } = useHandoffActions(dialogId);
  const mayTake = state.status !== "active";
  const mayRelease = state.status === "active" && (state.isMine || state.mayOverride);
  useShortcuts({
    KeyT: mayTake && !isBusy ? take : undefined,
    KeyB: mayRelease && !isBusy ? release : undefined,
  });
  return (
    <section
      aria-label={t("label")}
      className={cn(
        "mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border p-3",
        state.status === "requested" && "border-transparent bg-warning-tint",
        state.status === "active" && "border-transparent bg-accent-tint",
      )}
    >
      <p role="status" className="flex min-w-0 flex-1 basis-60 items-start gap-2">
        <Standing state={state} />
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {state.status === "requested" && (
          <Button variant="ghost" disabled={isBusy} onClick={cancel}>
            {t("cancel")}
          </Button>
        )}
        {mayRelease && <HandOverMenu holderId={state.holder?.userId} isDisabled={isBusy} onChoose={transfer} />}
        {mayRelease && (
          <Button busy={isBusy} onClick={release} aria-keyshortcuts="B">
            {t("release")}
          </Button>
        )}
        {mayTake && (
          <Button
            variant={state.status === "requested" ? "solid" : "soft"}
            icon={<Headset aria-hidden />}
            busy={isBusy}
            onClick={take}
            aria-keyshortcuts="T"
          >
            {t("take")}
          </Button>
        )}
      </div>
    </section>
  );
}

function Standing({ state }: { state: HandoffState }) {
  const t = useTranslations("handoff");
  const line = (icon: ReactNode, main: ReactNode, more?: ReactNode) => (
    <>
      <span className="mt-0.5 shrink-0 [&_svg]:size-4">{icon}</span>
      <span className="min-w-0">
        <span className="font-medium">{main}</span>
        {more && <span className="block text-sm text-text-2">{more}</span>}
      </span>
    </>
  );
  if (state.status === "requested") {
    return line(
      <Clock aria-hidden />,
      t.rich("banner.waiting", {
        position: state.position ?? 1,
        since: () => (state.requestedAt ? <TimeAgo at={state.requestedAt} /> : null),
      }),
      state.reason && t(`reason.${state.reason}`),
    );
  }
  if (state.status === "active") {
    const name = state.holder?.name || t("banner.nameless");
    return line(<Headset aria-hidden />, state.isMine ? t("banner.mine") : t("banner.held", { name }));
  }
  return line(<Sparkles aria-hidden className="text-ai" />, t("banner.assistant"));
}
