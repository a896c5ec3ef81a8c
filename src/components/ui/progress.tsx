import { cn } from "../cn";

type SegmentBarProps = {
  label: string;
  /** Names of the stages in order. */
  stages: readonly string[];
  /** Index of the running stage; equal to the number of stages when all are done. */
  current: number;
  /** Share of the running stage that is done, 0–1. */
  stageShare?: number;
  state?: "running" | "failed" | "done";
  className?: string;
};

/**
 * Stages of one long work: six equal segments for a document. They are the browser's own elements, because a width in a
 * `style` attribute is refused by the content security policy.
 */
export function SegmentBar({ label, stages, current, stageShare = 0, state = "running", className }: SegmentBarProps) {
  const shareOf = (index: number) => (state === "done" || index < current ? 1 : index === current ? stageShare : 0);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={stages.length}
      aria-valuenow={state === "done" ? stages.length : Math.min(stages.length, current + stageShare)}
      aria-valuetext={stages[Math.min(current, stages.length - 1)]}
      className={cn("flex h-1 w-full gap-0.5", className)}
    >
      {stages.map((stage, index) => (
        <progress
          key={stage}
          aria-hidden
          value={state === "failed" && index === current ? 1 : shareOf(index)}
          max={1}
          data-tone={state === "failed" && index === current ? "danger" : state === "done" ? "success" : undefined}
          className={cn(
            "progress-bar h-1 w-0 min-w-0 flex-1",
            state === "running" && index === current && "animate-shimmer motion-reduce:animate-none",
          )}
        />
      ))}
    </div>
  );
}
