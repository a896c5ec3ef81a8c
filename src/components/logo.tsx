import { cn } from "./cn";

/** The handover rail as a mark: the assistant's message above, the operator's below, one line between them. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 20 20" fill="none" className={cn("size-5 shrink-0", className)}>
      <path d="M4 2v5" strokeWidth="2" strokeLinecap="round" className="stroke-ai" />
      <path d="M4 13v5" strokeWidth="2" strokeLinecap="round" className="stroke-accent" />
      <circle cx="4" cy="10" r="2.5" className="fill-text" />
      <rect x="9" y="2" width="9" height="6" rx="3" className="fill-ai" />
      <rect x="9" y="12" width="9" height="6" rx="3" className="fill-accent" />
    </svg>
  );
}
