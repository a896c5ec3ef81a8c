import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn";
import { buttonStyle, type ButtonStyle } from "./button";

type LinkButtonProps = ComponentProps<typeof Link> & ButtonStyle & { icon?: ReactNode };

export function LinkButton({ variant, size, shape, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link className={cn(buttonStyle({ variant, size, shape }), className)} {...rest}>
      {icon}
      {children}
    </Link>
  );
}
