"use client";

import { useState, type ChangeEvent, type ReactNode } from "react";
import { Field, FieldCounter, type FieldText } from "./field";
import { Input, type InputProps } from "./input";
import { Textarea } from "./textarea";
import type { ComponentProps } from "react";

type TextFieldProps = FieldText & InputProps & { counterMax?: number; aside?: ReactNode };

/** Works controlled, uncontrolled and with `form.register(…)`. The counter needs `counterMax`. */
export function TextField({
  label,
  help,
  error,
  optional,
  hideLabel,
  counterMax,
  aside,
  className,
  onChange,
  ...input
}: TextFieldProps) {
  const { count, track } = useCount(input.value ?? input.defaultValue, onChange);
  return (
    <Field
      {...{ label, help, error, optional, hideLabel, className, id: input.id }}
      aside={aside ?? (counterMax ? <FieldCounter count={count} max={counterMax} /> : undefined)}
    >
      {(control) => <Input {...input} {...control} onChange={track} />}
    </Field>
  );
}

type TextareaFieldProps = FieldText & ComponentProps<"textarea"> & { counterMax?: number; aside?: ReactNode };

export function TextareaField({
  label,
  help,
  error,
  optional,
  hideLabel,
  counterMax,
  aside,
  className,
  onChange,
  ...area
}: TextareaFieldProps) {
  const { count, track } = useCount(area.value ?? area.defaultValue, onChange);
  return (
    <Field
      {...{ label, help, error, optional, hideLabel, className, id: area.id }}
      aside={aside ?? (counterMax ? <FieldCounter count={count} max={counterMax} /> : undefined)}
    >
      {(control) => <Textarea {...area} {...control} onChange={track} />}
    </Field>
  );
}

// `[...text].length` counts what a person sees as characters, as the server's limits do.
const lengthOf = (value: unknown) => (typeof value === "string" ? [...value].length : 0);

function useCount<E extends HTMLInputElement | HTMLTextAreaElement>(
  value: unknown,
  onChange: ((event: ChangeEvent<E>) => unknown) | undefined,
) {
  const [typed, setTyped] = useState<number>();
  return {
    count: typed ?? lengthOf(value),
    track: (event: ChangeEvent<E>) => {
      setTyped(lengthOf(event.target.value));
      return onChange?.(event);
    },
  };
}
