"use client";

import { Bot, ChevronLeft, CircleCheck, Ellipsis, Headset, LockOpen, Sparkles, Undo2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { onDemand } from "@/components/on-demand";
import { type Command, useCommands } from "@/components/shell/commands";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import type { HandoffState, Holder } from "@/modules/handoff/contract";
import { ChannelMark } from "@/modules/handoff/ui/inbox/channel-mark";
import { WaitClock } from "@/modules/handoff/ui/inbox/wait-clock";
import { useHandoffActions } from "@/modules/handoff/ui/use-handoff-actions";
import { trpc } from "@/trpc/client";
import { useClosing } from "./use-closing";

const HandOverMenu = onDemand(async () => ({
  default: (await import("@/modules/handoff/ui/hand-over-menu")).HandOverMenu,
}));

const SnoozeMenu = onDemand(async () => ({
  default: (await import("@/modules/handoff/ui/snoozing/snooze-menu")).SnoozeMenu,
}));
const SnoozedLine = onDemand(async () => ({
  default: (await import("@/modules/handoff/ui/snoozing/snoozed-line")).SnoozedLine,
}));

const ReturnDialog = onDemand(async () => ({
  default: (await import("@/modules/handoff/ui/returning/return-dialog")).ReturnDialog,
}));
const ResetDialog = onDemand(async () => ({
  default: (await import("@/modules/handoff/ui/returning/reset-dialog")).ResetDialog,
}));

type ConversationHeaderProps = { dialog: DialogDetail; viewers: readonly Holder[]; onLeave?: () => void };

/** Whose conversation it is and who has it, with the ways on from there: T takes it, B gives it back, E closes it. */
export function ConversationHeader({ dialog, viewers, onLeave }: ConversationHeaderProps) {
  const t = useTranslations("conversation.header");
  const { nameOf } = useDialogWords();
  const state = trpc.handoff.state.useQuery({ dialogId: dialog.id });
  return (
    <header className="@container border-b">
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1.5 py-2 pr-(--bar-end,1rem) pl-4 @max-md:px-2">
        <div className="flex min-w-0 flex-1 basis-44 items-center gap-2 @max-md:basis-full @max-md:pr-[calc(var(--bar-end,1rem)-0.5rem)]">
          {onLeave && (
            <IconButton label={t("back")} onClick={onLeave} className="lg:hidden">
              <ChevronLeft aria-hidden />
            </IconButton>
          )}
          <span className="relative shrink-0">
            <Avatar kind="visitor" name={nameOf(dialog)} />
            <ChannelMark channel={dialog.channel} className="absolute -right-1.5 -bottom-1.5" />
          </span>
          <div className="min-w-0 flex-1">
            <h2 className="truncate text-base leading-tight font-semibold">
              <bdi>{nameOf(dialog)}</bdi>
            </h2>
            <p role="status" className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
              {state.data && <Standing dialog={dialog} state={state.data} />}
            </p>
          </div>
        </div>
        <Viewers viewers={viewers} />
        {state.data && <Actions dialog={dialog} state={state.data} />}
      </div>
      {state.data?.snoozedUntil && (
        <SnoozedLine
          dialogId={dialog.id}
          until={state.data.snoozedUntil}
          mayWake={state.data.isMine || state.data.mayOverride}
        />
      )}
    </header>
  );
}

function Standing({ dialog, state }: { dialog: DialogDetail; state: HandoffState }) {
  const t = useTranslations("conversation.header");
  if (dialog.status === "ended") {
    return (
      <>
        <CircleCheck aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} /> {t("ended")}
      </>
    );
  }
  if (state.status === "requested") {
    return (
      <>
        {state.requestedAt && <WaitClock channel={dialog.channel} since={state.requestedAt} />}
        <span className="truncate">{t("position", { position: state.position ?? 1 })}</span>
      </>
    );
  }
  if (state.status === "active") {
    return (
      <>
        <Headset aria-hidden className="size-3.5 shrink-0 text-accent-text" strokeWidth={1.75} />
        <span className="truncate">
          {state.isMine ? t("mine") : t("held", { name: state.holder?.name || t("nameless") })}
        </span>
      </>
    );
  }
  return (
    <>
      <Sparkles aria-hidden className="size-3.5 shrink-0 text-ai" strokeWidth={1.75} />
      <span className="truncate">{t("assistant")}</span>
    </>
  );
}

function Viewers({ viewers }: { viewers: readonly Holder[] }) {
  const t = useTranslations("conversation.company");
  const format = useFormatter();
  const header = useTranslations("conversation.header");
  const names = viewers.map(({ name }) => name || header("nameless"));
  const sentence = t("viewers", { names: format.list(names), count: names.length });
  return (
    <p
      role="status"
      className="flex min-w-0 items-center gap-1.5 text-xs text-muted"
      title={names.length > 0 ? sentence : undefined}
    >
      {names.length > 0 && (
        <>
          <span aria-hidden className="flex -space-x-1.5">
            {viewers.slice(0, 3).map(({ userId, name }) => (
              <Avatar key={userId} name={name} size="sm" className="ring-2 ring-surface" />
            ))}
          </span>
          <span className="max-w-40 truncate max-sm:sr-only">{sentence}</span>
        </>
      )}
    </p>
  );
}

function Actions({ dialog, state }: { dialog: DialogDetail; state: HandoffState }) {
  const t = useTranslations("handoff.banner");
  const words = useTranslations("conversation.header");
  const { isBusy, take, cancel, transfer } = useHandoffActions(dialog.id);
  const [asked, setAsked] = useState<"return" | "reset" | null>(null);
  const { close, isClosing } = useClosing(dialog.id);
  const isOpen = dialog.status === "open";
  const isLive = isOpen && dialog.channel !== "preview";
  const mayTake = isLive && state.status !== "active";
  const mayRelease = isLive && state.status === "active" && (state.isMine || state.mayOverride);
  // Whoever has it can simply give it back.
  const mayReset = isLive && state.mayOverride && state.status !== "none" && !state.isMine;
  const mayClose = isOpen && (state.status !== "active" || state.isMine || state.mayOverride);
  useShortcuts({
    KeyT: mayTake && !isBusy ? take : undefined,
    KeyE: mayClose && !isClosing ? close : undefined,
  });
  const release = useReturnCommand(mayRelease && !isBusy, setAsked);
  // Beside the others only where the header is wide.
  const rare: (MenuItem & { onSelect: () => void })[] = [];
  if (isLive && state.status === "requested")
    rare.push({ key: "cancel", label: t("cancel"), icon: <Undo2 aria-hidden />, disabled: isBusy, onSelect: cancel });
  if (mayReset)
    rare.push({ key: "reset", label: t("reset"), icon: <LockOpen aria-hidden />, onSelect: () => setAsked("reset") });
  return (
    <div className="flex flex-wrap items-center gap-1">
      {rare.map(({ key, label, icon, disabled, onSelect }) => (
        <Button
          key={key}
          variant="ghost"
          icon={icon}
          disabled={disabled}
          onClick={onSelect}
          className="@max-3xl:hidden"
        >
          {label}
        </Button>
      ))}
      {mayRelease && <HandOverMenu holderId={state.holder?.userId} isDisabled={isBusy} onChoose={transfer} />}
      {mayRelease && (
        <Button
          variant="ghost"
          icon={<Bot aria-hidden className="@max-2xl:hidden" />}
          busy={isBusy}
          onClick={release}
          aria-keyshortcuts="B"
          className="@max-2xl:px-1.5"
        >
          {t("release")}
        </Button>
      )}
      {asked === "return" && <ReturnDialog dialogId={dialog.id} onClose={() => setAsked(null)} />}
      {asked === "reset" && <ResetDialog dialogId={dialog.id} onClose={() => setAsked(null)} />}
      {mayRelease && <SnoozeMenu dialogId={dialog.id} />}
      {mayClose && (
        <Button
          variant="ghost"
          icon={<CircleCheck aria-hidden />}
          busy={isClosing}
          onClick={close}
          aria-keyshortcuts="E"
          title={words("close")}
          className="@max-2xl:px-2"
        >
          <span className="@max-2xl:sr-only">{words("close")}</span>
        </Button>
      )}
      {mayTake && (
        <Button
          variant={state.status === "requested" ? "solid" : "soft"}
          icon={<Headset aria-hidden />}
          busy={isBusy}
          onClick={take}
          aria-keyshortcuts="T"
          className="@max-md:-order-1"
        >
          {t("take")}
        </Button>
      )}
      {rare.length > 0 && (
        <span className="@3xl:hidden">
          <Menu
            align="end"
            items={rare}
            trigger={
              <IconButton label={words("more")}>
                <Ellipsis aria-hidden />
              </IconButton>
            }
          />
        </span>
      )}
    </div>
  );
}

/** By its key and from the palette, too: wherever it is asked for, the operator reads first what the assistant will know. */
function useReturnCommand(isOffered: boolean, ask: (what: "return") => void): () => void {
  const t = useTranslations("handoff.banner");
  const run = useCallback(() => ask("return"), [ask]);
  const commands = useMemo((): Command[] => {
    if (!isOffered) return [];
    const key = { shortcut: "KeyB", keys: ["B"] };
    return [{ id: "conversation.release", label: t("release"), icon: <Bot aria-hidden />, ...key, run }];
  }, [isOffered, t, run]);
  useCommands(commands);
  return run;
}
