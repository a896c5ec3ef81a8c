import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ButtonProps, "aria-label" | "children" | "icon" | "shape"> & {
  label: string;
  /** Keys shown in the tooltip, for instance `["mod", "K"]`. */
  keys?: readonly string[];
  children: ReactNode;
};

/** A button that is only an icon: it always has a name and a tooltip. */
export function IconButton({ label, keys, children, variant = "ghost", ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} keys={keys}>
      <Button shape="icon" variant={variant} aria-label={label} icon={children} {...rest} />
    </Tooltip>
  );
}
