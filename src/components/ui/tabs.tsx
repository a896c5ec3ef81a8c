"use client";

import { Tabs as Primitive } from "radix-ui";
import { createContext, useContext, useId, useState, type ReactNode } from "react";
import { cn } from "../cn";

type TabsContext = { id: string; value: string };
const Current = createContext<TabsContext>({ id: "", value: "" });

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
  const value = given ?? own;
  const change = (next: string) => {
    setOwn(next);
    onValueChange?.(next);
  };
  return (
    <Current value={{ id, value }}>
      <Primitive.Root value={value} onValueChange={change} className={className}>
        {children}
      </Primitive.Root>
    </Current>
  );
}

export const tabListStyle = "flex gap-4 overflow-x-auto border-b scrollbar-none";

export const tabStyle =
  "-mb-px flex h-10 shrink-0 items-center gap-2 border-b-2 border-transparent font-medium text-muted transition-colors hover:text-text focus-inset " +
  "data-[state=active]:border-accent data-[state=active]:text-text aria-[current=page]:border-accent aria-[current=page]:text-text touch-target";

export function TabList({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <Primitive.List aria-label={label} className={cn(tabListStyle, className)}>
      {children}
    </Primitive.List>
  );
}

export function Tab({ value, children }: { value: string; children: ReactNode }) {
  const { id } = useContext(Current);
  return (
    <Primitive.Trigger
      value={value}
      id={`${id}-tab-${value}`}
      aria-controls={`${id}-panel-${value}`}
      className={tabStyle}
    >
      {children}
    </Primitive.Trigger>
  );
}

/** Radix's own panel writes a `style` attribute on the server, which the content security policy refuses. */
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
