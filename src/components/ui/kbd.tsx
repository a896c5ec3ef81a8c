"use client";

import { ArrowBigUp, Command, CornerDownLeft } from "lucide-react";
import { useSyncExternalStore, type ReactNode } from "react";
import { cn } from "../cn";

const never = () => () => {};
const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

const drawn: Record<string, ReactNode> = {
  shift: <ArrowBigUp aria-label="Shift" className="size-3" />,
  enter: <CornerDownLeft aria-label="Enter" className="size-3" />,
};

/** Keys of one shortcut. `mod` is Command on Apple machines and Ctrl elsewhere. */
export function Kbd({ keys, className }: { keys: readonly string[]; className?: string }) {
  const onApple = useSyncExternalStore(never, isApple, () => false);
  const draw = (key: string) =>
    key === "mod" ? (
      onApple ? (
        <Command aria-label="Command" className="size-3" />
      ) : (
        "Ctrl"
      )
    ) : (
      (drawn[key] ?? key.toUpperCase())
    );
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border bg-sunken px-1 font-system text-xs leading-none text-muted"
        >
          {draw(key)}
        </kbd>
      ))}
    </span>
  );
}
