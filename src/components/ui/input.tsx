import type { ComponentProps } from "react";
import { cn } from "../cn";

export const controlStyle =
  "w-full rounded-md border border-border-strong bg-raised px-3 text-base text-text transition-colors " +
  "hover:border-muted aria-invalid:border-danger disabled:cursor-not-allowed disabled:border-border disabled:bg-sunken disabled:text-muted " +
  "focus-visible:outline-offset-0";

export type InputProps = ComponentProps<"input"> & { controlSize?: "md" | "lg" };

export function Input({ className, controlSize = "md", ...rest }: InputProps) {
  return (
    <input
      className={cn(controlStyle, "touch-target read-only:bg-sunken", controlSize === "lg" ? "h-10" : "h-8", className)}
      {...rest}
    />
  );
}
