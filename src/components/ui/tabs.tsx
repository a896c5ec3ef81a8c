"use client";

import { createContext, useContext, useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { cn } from "../cn";

// Not Radix: its tabs write `style` attributes on the server, which the content security policy refuses.
type TabsContext = { id: string; value: string; select: (value: string) => void };
const Current = createContext<TabsContext>({ id: "", value: "", select: () => {} });

type TabsProps = {
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  className?: string;
  children: ReactNode;
};

export function Tabs({ value: given, defaultValue = "", onValueChange, className, children }: TabsProps) {
  const id = useId();
  const [own, setOwn] = useState(defaultValue);
  const select = (next: string) => {
    setOwn(next);
    onValueChange?.(next);
  };
  return (
    <Current value={{ id, value: given ?? own, select }}>
      <div className={className}>{children}</div>
    </Current>
  );
}

export const tabListStyle = "flex gap-4 overflow-x-auto border-b scrollbar-none";

export const tabStyle =
  "-mb-px flex h-10 shrink-0 items-center gap-2 border-b-2 border-transparent font-medium text-muted transition-colors hover:text-text focus-inset " +
  "aria-selected:border-accent aria-selected:text-text aria-[current=page]:border-accent aria-[current=page]:text-text touch-target";

const steps: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]:not(:disabled)")];
  const at = tabs.findIndex((tab) => tab === event.target);
  const next = at < 0 ? undefined : steps[event.key]?.(at, tabs.length);
  if (next === undefined) return;
  event.preventDefault();
  tabs[next]?.focus();
}

/** Arrows, Home and End move along; the tab in focus is the chosen one. */
export function TabList({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <div role="tablist" aria-label={label} onKeyDown={moveFocus} className={cn(tabListStyle, className)}>
      {children}
    </div>
  );
}

export function Tab({ value, children }: { value: string; children: ReactNode }) {
  const { id, value: current, select } = useContext(Current);
  const isSelected = value === current;
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-tab-${value}`}
      aria-selected={isSelected}
      aria-controls={isSelected ? `${id}-panel-${value}` : undefined}
      tabIndex={isSelected ? 0 : -1}
      onClick={() => select(value)}
      onFocus={() => isSelected || select(value)}
      className={tabStyle}
    >
      {children}
    </button>
  );
}

export function TabPanel({ value, className, children }: { value: string; className?: string; children: ReactNode }) {
  const { id, value: current } = useContext(Current);
  if (value !== current) return null;
  return (
    <div
      role="tabpanel"
      tabIndex={0}
      id={`${id}-panel-${value}`}
      aria-labelledby={`${id}-tab-${value}`}
      className={cn("pt-4", className)}
    >
      {children}
    </div>
  );
}
