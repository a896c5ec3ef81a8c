import { cn } from "../cn";

/** Give it the size of what it stands for. It appears only after 300 ms. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className={cn("animate-appear", className)}>
      <div className="size-full min-h-4 animate-shimmer rounded-md bg-hover motion-reduce:animate-none" />
    </div>
  );
}

export function SkeletonRows({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-2">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} className="h-10" />
      ))}
    </div>
  );
}
