"use client";

import type { KeyboardEvent, PointerEvent } from "react";
import { PANE_PX } from "@/modules/handoff/inbox/panes";

type PaneEdgeProps = {
  label: string;
  /** On which side of the edge the pane lies that it makes wider. */
  pane: "left" | "right";
  widthPx: number;
  onChange: (px: number) => void;
};

/** The edge of a pane: dragged, moved by arrows, or set back by a double click. */
export function PaneEdge({ label, pane, widthPx, onChange }: PaneEdgeProps) {
  const grow = pane === "left" ? 1 : -1;
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const edge = event.currentTarget;
    const from = event.clientX;
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = ({ clientX }) => onChange(widthPx + grow * (clientX - from));
    edge.onlostpointercapture = () => {
      edge.onpointermove = null;
    };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = {
      ArrowLeft: widthPx - grow * PANE_PX.step,
      ArrowRight: widthPx + grow * PANE_PX.step,
      Home: PANE_PX.least,
      End: PANE_PX.most,
      Enter: PANE_PX.usual,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(next);
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={widthPx}
      aria-valuemin={PANE_PX.least}
      aria-valuemax={PANE_PX.most}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onDoubleClick={() => onChange(PANE_PX.usual)}
      onKeyDown={onKeyDown}
      className="relative z-10 -mx-1 w-2 shrink-0 cursor-col-resize touch-none after:absolute after:inset-y-0 after:left-[3px] after:w-0.5 hover:after:bg-accent focus-visible:outline-none focus-visible:after:bg-focus active:after:bg-accent max-xl:hidden"
    />
  );
}
