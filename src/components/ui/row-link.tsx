import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "../cn";

/** The one link of a row or a card: its area covers the nearest `relative` ancestor. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-row-link=""
      className={cn(
        "font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus",
        className,
      )}
      {...rest}
    />
  );
}
