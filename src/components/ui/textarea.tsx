import type { ComponentProps } from "react";
import { cn } from "../cn";
import { controlStyle } from "./input";

/** Grows with its text between `rows` and 24 lines where the browser can. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      className={cn(
        controlStyle,
        "read-only:bg-sunken field-sizing-content max-h-120 min-h-16 resize-y py-1.5",
        rows >= 8 && "min-h-44",
        className,
      )}
      {...rest}
    />
  );
}
