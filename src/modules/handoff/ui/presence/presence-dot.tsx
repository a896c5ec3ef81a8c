import type { PresenceStatus } from "@/db/enums";
import { cn } from "@/components/cn";

const LOOK: Record<PresenceStatus, string> = {
  online: "bg-success",
  away: "bg-warning",
  offline: "border-2 border-border-strong",
};

/** Beside a word that says the same. */
export function PresenceDot({ status, className }: { status: PresenceStatus; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("size-2 shrink-0 rounded-full forced-color-adjust-none", LOOK[status], className)}
    />
  );
}
