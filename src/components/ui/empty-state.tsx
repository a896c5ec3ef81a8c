import type { ReactNode } from "react";
import { cn } from "../cn";

type EmptyStateProps = {
  icon?: ReactNode;
  /** What will appear here. */
  title: ReactNode;
  /** Why it is not there yet. */
  hint?: ReactNode;
  /** The one way forward. */
  action?: ReactNode;
  /** `h1` when the state is the whole page. */
  titleAs?: "p" | "h1" | "h2";
  className?: string;
};

export function EmptyState({ icon, title, hint, action, titleAs: Title = "p", className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center px-4 py-12 text-center", className)}>
      {icon && (
        <span
          aria-hidden
          className="mb-3 grid size-10 place-items-center rounded-lg border bg-raised text-muted [&_svg]:size-5 [&_svg]:stroke-[1.75]"
        >
          {icon}
        </span>
      )}
      <Title className="text-md font-medium text-balance">{title}</Title>
      {hint && <p className="mt-1 max-w-[48ch] text-text-2 text-pretty">{hint}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
