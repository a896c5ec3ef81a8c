import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn";
import { Spinner } from "./spinner";

export const buttonStyle = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap select-none " +
    "transition-colors active:translate-y-px disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 " +
    "aria-busy:pointer-events-none aria-busy:opacity-100 touch-target [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.75]",
  {
    variants: {
      variant: {
        solid: "border-accent bg-accent text-on-solid hover:border-accent-hover hover:bg-accent-hover",
        soft: "border-border bg-raised text-text hover:bg-hover",
        ghost: "border-transparent bg-transparent text-text-2 hover:bg-hover hover:text-text",
        danger: "border-danger bg-danger text-on-solid hover:bg-danger/90",
        "danger-ghost": "border-transparent bg-transparent text-danger-text hover:bg-danger-tint",
      },
      size: { sm: "h-7 px-2 text-sm", md: "h-8 px-3 text-base", lg: "h-10 px-4 text-base" },
      shape: { text: "", icon: "" },
    },
    compoundVariants: [
      { shape: "icon", size: "sm", class: "w-7 px-0 coarse:min-w-11" },
      { shape: "icon", size: "md", class: "w-8 px-0 coarse:min-w-11" },
      { shape: "icon", size: "lg", class: "w-10 px-0 coarse:min-w-11" },
    ],
    defaultVariants: { variant: "soft", size: "md", shape: "text" },
  },
);

export type ButtonStyle = VariantProps<typeof buttonStyle>;

export type ButtonProps = ComponentProps<"button"> & ButtonStyle & { icon?: ReactNode; busy?: boolean };

/** While `busy`, label and width stay, the spinner takes the icon's place and presses are ignored. */
export function Button({
  variant,
  size,
  shape,
  icon,
  busy = false,
  type = "button",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const hasPlaceForSpinner = icon !== undefined || shape === "icon";
  return (
    <button
      type={type}
      aria-busy={busy || undefined}
      className={cn(buttonStyle({ variant, size, shape }), className)}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy && hasPlaceForSpinner ? <Spinner /> : icon}
      {busy && !hasPlaceForSpinner ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="opacity-25">{children}</span>
        </>
      ) : shape === "icon" && busy ? null : (
        children
      )}
    </button>
  );
}
