/** How somebody arranged the inbox: widths in px, and whether the context stands beside the conversation. */
export type Panes = { listPx: number; contextPx: number; isContextClosed: boolean };

export const PANES_COOKIE = "inbox";
/** Widths go in steps, so that each is a class: the policy of the page forbids inline styles in what the server sends. */
export const PANE_PX = { least: 260, usual: 320, most: 480, step: 20 } as const;
export const USUAL_PANES: Panes = { listPx: PANE_PX.usual, contextPx: PANE_PX.usual, isContextClosed: false };

/** The nearest width that leaves every pane usable. */
export function paneWidth(px: number): number {
  if (!Number.isFinite(px)) return PANE_PX.usual;
  return Math.min(PANE_PX.most, Math.max(PANE_PX.least, Math.round(px / PANE_PX.step) * PANE_PX.step));
}

/** What `writePanes` wrote; the usual for everything else. */
export function readPanes(cookie: string | undefined): Panes {
  const [, list, context, closed] = /^(\d{1,4})-(\d{1,4})(-closed)?$/.exec(cookie ?? "") ?? [];
  if (list === undefined || context === undefined) return USUAL_PANES;
  return {
    listPx: paneWidth(Number(list)),
    contextPx: paneWidth(Number(context)),
    isContextClosed: closed !== undefined,
  };
}

export const writePanes = ({ listPx, contextPx, isContextClosed }: Panes): string =>
  `${listPx}-${contextPx}${isContextClosed ? "-closed" : ""}`;
