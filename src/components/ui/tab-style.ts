/** The look of a row of tabs; the row of links in `nav-tabs.tsx` wears it. */
export const tabListStyle = "relative flex gap-4 overflow-x-auto border-b scrollbar-none";

export const tabStyle =
  "-mb-px flex h-10 shrink-0 items-center gap-2 border-b-2 border-transparent font-medium text-muted transition-colors hover:text-text focus-inset " +
  "aria-selected:border-accent aria-selected:text-text aria-[current=page]:border-accent aria-[current=page]:text-text touch-target";
