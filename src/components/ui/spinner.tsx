import { LoaderCircle } from "lucide-react";
import { cn } from "../cn";

export function Spinner({ className }: { className?: string }) {
  return (
    <LoaderCircle
      aria-hidden
      className={cn("size-4 shrink-0 animate-spin motion-reduce:animate-none", className)}
      strokeWidth={1.75}
    />
  );
}
