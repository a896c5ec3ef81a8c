import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "../cn";

const badgeStyle = cva(
  "inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap forced-colors:border [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:stroke-[1.75]",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-text-2",
        accent: "bg-accent-tint text-accent-text",
        ai: "bg-ai-tint text-ai-text",
        success: "bg-success-tint text-success-text",
        warning: "bg-warning-tint text-warning-text",
        danger: "bg-danger-tint text-danger-text",
        info: "bg-info-tint text-info-text",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeStyle>["tone"]>;

type BadgeProps = { tone?: Tone; icon?: ReactNode; className?: string; children: ReactNode };

export function Badge({ tone, icon, className, children }: BadgeProps) {
  return (
    <span className={cn(badgeStyle({ tone }), className)}>
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A state in a word, with a dot or an icon, so that colour is never alone. */
export function StatusPill({ tone, icon, pulse = false, className, children }: BadgeProps & { pulse?: boolean }) {
  return (
    <Badge
      tone={tone}
      className={className}
      icon={
        icon ?? (
          <span
            aria-hidden
            className={cn(
              "size-1.5 shrink-0 rounded-full bg-current",
              pulse && "animate-shimmer motion-reduce:animate-none",
            )}
          />
        )
      }
    >
      {children}
    </Badge>
  );
}
