import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn";

export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("min-w-0 rounded-lg border bg-raised p-4", className)} {...rest} />;
}

type SectionCardProps = {
  title: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
};

/** A titled block of a page. */
export function SectionCard({ title, description, action, footer, className, children }: SectionCardProps) {
  return (
    <section className={cn("min-w-0 rounded-lg border bg-raised", className)}>
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 p-4">
        <div className="min-w-0 flex-1 basis-48">
          <h2 className="text-base">{title}</h2>
          {description && <p className="mt-0.5 max-w-[68ch] text-sm text-muted">{description}</p>}
        </div>
        {action}
      </header>
      {children && <div className="px-4 pb-4 empty:hidden">{children}</div>}
      {footer && (
        <footer className="flex flex-wrap items-center justify-end gap-2 rounded-b-lg border-t bg-surface px-4 py-3">
          {footer}
        </footer>
      )}
    </section>
  );
}
