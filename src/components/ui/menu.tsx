"use client";

import { cloneElement, useId, useState, type ComponentProps, type ReactElement, type ReactNode } from "react";
import { onDemand } from "../on-demand";

const MenuBody = onDemand(() => import("./menu-body"));

export type MenuItem = {
  key: string;
  label: ReactNode;
  /** A second, quieter line. */
  note?: ReactNode;
  icon?: ReactNode;
  danger?: boolean;
  /** Says something and does nothing. */
  disabled?: boolean;
} & ({ onSelect: () => void } | { href: string; isDownload?: boolean });

type MenuProps = {
  /** A button. */
  trigger: ReactElement<ComponentProps<"button">>;
  items: readonly MenuItem[];
  align?: "start" | "end";
  className?: string;
  /** When somebody looks, for items that are asked for only then. */
  onOpen?: () => void;
};

/**
 * A button with a menu. What draws and places the menu comes when the pointer or the focus reaches the button: it weighs
 * an eighth of a page.
 */
export function Menu({ trigger, onOpen, ...menu }: MenuProps) {
  const id = useId();
  const [isNear, setIsNear] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const [isByKeyboard, setIsByKeyboard] = useState(false);
  const comeNear = () => setIsNear(true);
  const open = (byKeyboard: boolean) => {
    comeNear();
    setIsByKeyboard(byKeyboard);
    setIsOpen(true);
    onOpen?.();
  };
  return (
    <span
      className="relative inline-flex"
      onPointerEnter={comeNear}
      onFocus={comeNear}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" || isOpen) return;
        event.preventDefault();
        open(true);
      }}
    >
      {cloneElement(trigger, {
        id,
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        // A key that presses a button makes a click without a pointer's count.
        onClick: (event) => open(event.detail === 0),
      })}
      {isNear && (
        <MenuBody {...menu} buttonId={id} isByKeyboard={isByKeyboard} isOpen={isOpen} onOpenChange={setIsOpen} />
      )}
    </span>
  );
}
