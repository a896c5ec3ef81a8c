"use client";

import { cloneElement, useId, useState, type ComponentProps, type ReactElement, type ReactNode } from "react";
import { onDemand } from "../on-demand";

const PopoverBody = onDemand(() => import("./popover-body"));

type PopoverProps = {
  /** A button. */
  trigger: ReactElement<ComponentProps<"button">>;
  /** The name of the panel, when it is more than a continuation of the button. */
  label?: string;
  align?: "start" | "end";
  className?: string;
  /** Drawn while the panel is open. */
  children: ReactNode;
};

/** A button with a panel. What places the panel comes when the pointer or the focus reaches the button. */
export function Popover({ trigger, ...panel }: PopoverProps) {
  const id = useId();
  const [isNear, setIsNear] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const comeNear = () => setIsNear(true);
  return (
    <>
      {cloneElement(trigger, {
        id,
        "aria-haspopup": "dialog",
        "aria-expanded": isOpen,
        onPointerEnter: comeNear,
        onFocus: comeNear,
        onClick: () => {
          comeNear();
          setIsOpen(!isOpen);
        },
      })}
      {isNear && <PopoverBody {...panel} buttonId={id} isOpen={isOpen} onOpenChange={setIsOpen} />}
    </>
  );
}
