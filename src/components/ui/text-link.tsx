import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "../cn";

export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cn(
        "rounded-sm text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-accent-text",
        className,
      )}
      {...rest}
    />
  );
}
