"use client";

import {
  ArrowDown,
  ArrowLeft,
  ArrowUp,
  Check,
  Clock,
  Hand,
  MailOpen,
  PanelRight,
  Search,
  SquareCheck,
  Tag,
  UserRoundPlus,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import { type Command, useCommands } from "@/components/shell/commands";

export type InboxDeeds = {
  move: (step: 1 | -1) => void;
  /** Opens the neighbour of the open dialog. */
  openNext: (step: 1 | -1) => void;
  back: () => void;
  focusSearch: () => void;
  mark: (isRange: boolean) => void;
  take: () => void;
  close: () => void;
  assign: () => void;
  tag: () => void;
  snooze: () => void;
  unread: () => void;
  toggleContext: () => void;
};

/** The keys of the inbox; the same deeds stand in the palette and in the map of keys. */
export function useInboxCommands(
  deeds: InboxDeeds,
  { hasTarget, isOpen }: { hasTarget: boolean; isOpen: boolean },
): void {
  const t = useTranslations("inbox.action");
  const latest = useRef(deeds);
  useEffect(() => {
    latest.current = deeds;
  });
  const commands = useMemo(() => {
    const to = (deed: (all: InboxDeeds) => void) => () => deed(latest.current);
    const keyOnly = { isKeyOnly: true };
    const onTarget: Command[] = [
      {
        id: "inbox.take",
        label: t("take"),
        icon: <Hand aria-hidden />,
        shortcut: "KeyT",
        keys: ["T"],
        run: to((all) => all.take()),
      },
      {
        id: "inbox.close",
        label: t("close"),
        icon: <Check aria-hidden />,
        shortcut: "KeyE",
        keys: ["E"],
        run: to((all) => all.close()),
      },
      {
        id: "inbox.assign",
        label: t("assign"),
        icon: <UserRoundPlus aria-hidden />,
        shortcut: "KeyA",
        keys: ["A"],
        run: to((all) => all.assign()),
      },
      {
        id: "inbox.tag",
        label: t("tag"),
        icon: <Tag aria-hidden />,
        shortcut: "KeyL",
        keys: ["L"],
        run: to((all) => all.tag()),
      },
      {
        id: "inbox.snooze",
        label: t("snooze"),
        icon: <Clock aria-hidden />,
        shortcut: "KeyS",
        keys: ["S"],
        run: to((all) => all.snooze()),
      },
      {
        id: "inbox.unread",
        label: t("unread"),
        icon: <MailOpen aria-hidden />,
        shortcut: "KeyU",
        keys: ["U"],
        run: to((all) => all.unread()),
      },
    ];
    const always: Command[] = [
      {
        id: "inbox.down",
        label: t("down"),
        icon: <ArrowDown aria-hidden />,
        shortcut: "KeyJ",
        keys: ["J"],
        ...keyOnly,
        run: to((all) => all.move(1)),
      },
      {
        id: "inbox.up",
        label: t("up"),
        icon: <ArrowUp aria-hidden />,
        shortcut: "KeyK",
        keys: ["K"],
        ...keyOnly,
        run: to((all) => all.move(-1)),
      },
      {
        id: "inbox.back",
        label: t("back"),
        icon: <ArrowLeft aria-hidden />,
        shortcut: "Escape",
        keys: ["Esc"],
        ...keyOnly,
        run: to((all) => all.back()),
      },
      {
        id: "inbox.search",
        label: t("search"),
        icon: <Search aria-hidden />,
        shortcut: "Slash",
        keys: ["/"],
        run: to((all) => all.focusSearch()),
      },
      {
        id: "inbox.mark",
        label: t("mark"),
        icon: <SquareCheck aria-hidden />,
        shortcut: "KeyX",
        keys: ["X"],
        ...keyOnly,
        run: to((all) => all.mark(false)),
      },
      {
        id: "inbox.range",
        label: t("range"),
        icon: <SquareCheck aria-hidden />,
        shortcut: "shift+KeyX",
        keys: ["shift", "X"],
        ...keyOnly,
        run: to((all) => all.mark(true)),
      },
    ];
    const context: Command[] = isOpen
      ? [
          {
            id: "inbox.context",
            label: t("context"),
            icon: <PanelRight aria-hidden />,
            shortcut: "KeyI",
            keys: ["I"],
            run: to((all) => all.toggleContext()),
          },
        ]
      : [];
    return [...(hasTarget ? onTarget : []), ...context, ...always];
  }, [t, hasTarget, isOpen]);
  useCommands(commands);
  useOtherDialogKeys(deeds.openNext);
}

/** Alt with an arrow changes the dialog also while something is being written. */
function useOtherDialogKeys(openNext: (step: 1 | -1) => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!event.altKey || event.metaKey || event.ctrlKey || event.shiftKey || event.defaultPrevented) return;
    if (event.code !== "ArrowDown" && event.code !== "ArrowUp") return;
    event.preventDefault();
    openNext(event.code === "ArrowDown" ? 1 : -1);
  });
  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
