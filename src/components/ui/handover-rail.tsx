import { useTranslations } from "next-intl";
import { cn } from "../cn";

export type RailHolder = "ai" | "waiting" | "operator" | "none";

type RailSegmentProps = { holder: RailHolder; startsHere?: boolean; className?: string };

/** The 2 px line beside one message; put it in a `relative` row, so that rows make one line. A node marks a change. */
export function RailSegment({ holder, startsHere = false, className }: RailSegmentProps) {
  const t = useTranslations("common.rail");
  return (
    <span className={cn("rail absolute inset-y-0 left-0 w-2", className)} data-holder={holder}>
      {startsHere && <span className="rail-node absolute top-1/2 left-0 size-2 -translate-y-1/2 rounded-full" />}
      <span className="sr-only">{t(holder)}</span>
    </span>
  );
}

type FlatRailProps = { aiMessages: number; operatorMessages: number; isWaiting?: boolean; className?: string };

const WIDTH = 96;

/** The same line laid flat, 96 × 4 px, split by message share: for tables and cards. */
export function FlatRail({ aiMessages, operatorMessages, isWaiting = false, className }: FlatRailProps) {
  const t = useTranslations("common.rail");
  const total = aiMessages + operatorMessages;
  const ai = total === 0 ? 0 : Math.round((aiMessages / total) * 100);
  const aiWidth = (ai / 100) * WIDTH;
  const label = total === 0 ? t(isWaiting ? "waiting" : "none") : t("share", { ai, operator: 100 - ai });
  return (
    <svg
      role="img"
      aria-label={`${t("label")}: ${label}`}
      width={WIDTH}
      height={4}
      viewBox={`0 0 ${WIDTH} 4`}
      className={cn("shrink-0", className)}
    >
      <rect width={WIDTH} height={4} rx={2} className="fill-hover" />
      {total > 0 && ai > 0 && <rect width={ai === 100 ? WIDTH : aiWidth - 1} height={4} rx={2} className="fill-ai" />}
      {total > 0 && ai < 100 && (
        <rect
          x={ai === 0 ? 0 : aiWidth + 1}
          width={ai === 0 ? WIDTH : WIDTH - aiWidth - 1}
          height={4}
          rx={2}
          className="fill-accent"
        />
      )}
      {isWaiting && (
        <line
          x1={total === 0 ? 1 : WIDTH - 18}
          x2={WIDTH}
          y1={2}
          y2={2}
          strokeWidth={4}
          strokeDasharray="4 3"
          className="stroke-muted"
        />
      )}
    </svg>
  );
}
