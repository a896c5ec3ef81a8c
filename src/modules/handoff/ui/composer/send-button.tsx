"use client";

import { ChevronDown, Clock, CornerDownLeft, SendHorizontal, SquareCheckBig } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Menu } from "@/components/ui/menu";
import type { Sequel } from "../outbox";
import { tomorrowMorning } from "../snoozing/moments";

type SendButtonProps = {
  button: RefObject<HTMLButtonElement | null>;
  mode: "reply" | "note";
  takesOver: boolean;
  /** Replaces the label: a colleague was faster. */
  warning: string | null;
  isDisabled: boolean;
  /** It was pressed, and waits for files. */
  isDue: boolean;
  sendsOnEnter: boolean;
  onSendAnd: (sequel: Sequel) => void;
  onSwapEnter: () => void;
};

/** Send, and behind the arrow what may follow it. */
export function SendButton(props: SendButtonProps) {
  const { button, mode, takesOver, warning, isDisabled, isDue, sendsOnEnter, onSendAnd, onSwapEnter } = props;
  const t = useTranslations("composer");
  const label = warning ?? t(mode === "note" ? "addNote" : takesOver ? "takeAndSend" : "send");
  return (
    <span className="flex min-w-0 justify-end">
      <Button
        ref={button}
        type="submit"
        variant={warning ? "danger-ghost" : mode === "reply" && !takesOver ? "solid" : "soft"}
        className={mode === "reply" ? "min-w-0 shrink rounded-r-none" : "min-w-0 shrink"}
        disabled={isDisabled}
        busy={isDue}
        aria-label={label}
        icon={<SendHorizontal aria-hidden className="sm:hidden" />}
      >
        <span className={warning ? "truncate" : "truncate max-sm:sr-only"}>{label}</span>
      </Button>
      {mode === "reply" && (
        <Menu
          align="end"
          trigger={
            <Button
              shape="icon"
              variant={!takesOver && !warning ? "solid" : "soft"}
              className="ml-px rounded-l-none"
              aria-label={t("more")}
              icon={<ChevronDown aria-hidden />}
            />
          }
          items={[
            {
              key: "close",
              icon: <SquareCheckBig aria-hidden />,
              label: (
                <span className="flex items-center gap-3">
                  {t("sendAndClose")} <Kbd keys={["mod", "enter"]} className="ml-auto coarse:hidden" />
                </span>
              ),
              disabled: isDisabled,
              onSelect: () => onSendAnd({ kind: "close" }),
            },
            {
              key: "snooze",
              icon: <Clock aria-hidden />,
              label: t("sendAndSnooze"),
              disabled: isDisabled,
              onSelect: () => onSendAnd({ kind: "snooze", until: tomorrowMorning(new Date()).getTime() }),
            },
            {
              key: "enter",
              icon: <CornerDownLeft aria-hidden />,
              label: t(sendsOnEnter ? "enterBreaks" : "enterSends"),
              onSelect: onSwapEnter,
            },
          ]}
        />
      )}
    </span>
  );
}
