"use client";

import { useId, type ReactNode } from "react";
import { cn } from "../cn";
import { Radio } from "./checkbox";

type RadioOption<Value extends string> = { value: Value; label: ReactNode; help?: ReactNode; disabled?: boolean };

type RadioGroupProps<Value extends string> = {
  label: ReactNode;
  value: Value | undefined;
  onChange: (value: Value) => void;
  options: readonly RadioOption<Value>[];
  /** `cards` draws each choice as a bordered card, two in a row where they fit. */
  look?: "list" | "cards";
  help?: ReactNode;
  error?: string;
  name?: string;
  className?: string;
};

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, value, onChange, options, look = "list", help, error, name, className } = props;
  const id = useId();
  return (
    <fieldset className={className} aria-describedby={help || error ? id : undefined}>
      <legend className="mb-2 font-medium">{label}</legend>
      <div className={cn("grid gap-2", look === "cards" && "sm:grid-cols-2")}>
        {options.map((option) => (
          <Radio
            key={option.value}
            name={name ?? id}
            label={option.label}
            help={option.help}
            disabled={option.disabled}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className={cn(
              look === "cards" &&
                "w-full rounded-lg border bg-raised p-3 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-selected",
            )}
          />
        ))}
      </div>
      {(error ?? help) && (
        <p id={id} className={cn("mt-2 text-sm", error ? "text-danger-text" : "text-muted")}>
          {error ?? help}
        </p>
      )}
    </fieldset>
  );
}
