import type { ComponentProps } from "react";
import { cn } from "../cn";

/** Scrolls sideways inside its own frame, never the page. On phones pages show two-line rows instead. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-raised">
      <table className={cn("w-full border-collapse text-left", className)} {...rest} />
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead className={cn("border-b bg-surface text-sm text-muted", className)} {...rest} />;
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody className={cn("divide-y", className)} {...rest} />;
}

/** With a `RowLink` inside, the whole row is the link. */
export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      className={cn("relative h-10 has-[a[data-row-link]]:hover:bg-hover aria-selected:bg-selected", className)}
      {...rest}
    />
  );
}

type CellProps = { align?: "start" | "end" };

export function TableHeaderCell({
  align = "start",
  className,
  scope = "col",
  ...rest
}: Omit<ComponentProps<"th">, "align"> & CellProps) {
  return (
    <th
      scope={scope}
      className={cn("h-9 px-4 font-medium whitespace-nowrap", align === "end" && "text-right", className)}
      {...rest}
    />
  );
}

export function TableCell({ align = "start", className, ...rest }: Omit<ComponentProps<"td">, "align"> & CellProps) {
  return <td className={cn("px-4 py-2", align === "end" && "text-right tabular-nums", className)} {...rest} />;
}
