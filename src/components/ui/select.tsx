import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn";
import { Field, type FieldText } from "./field";
import { controlStyle } from "./input";

type SelectProps = Omit<ComponentProps<"select">, "children"> & {
  options?: readonly SelectOption[];
  children?: ReactNode;
};

export type SelectOption = { value: string; label: string; disabled?: boolean };

/** The browser's own select: right on phones, with a keyboard and in every layout. */
export function Select({ className, options, children, ...rest }: SelectProps) {
  return (
    <select
      className={cn(controlStyle, "select-chevron h-8 touch-target appearance-none truncate pr-8", className)}
      {...rest}
    >
      {options?.map(({ value, label, disabled }) => (
        <option key={value} value={value} disabled={disabled}>
          {label}
        </option>
      ))}
      {children}
    </select>
  );
}

export function SelectField({
  label,
  help,
  error,
  optional,
  hideLabel,
  className,
  ...select
}: FieldText & SelectProps) {
  return (
    <Field {...{ label, help, error, optional, hideLabel, className, id: select.id }}>
      {(control) => <Select {...select} {...control} />}
    </Field>
  );
}
