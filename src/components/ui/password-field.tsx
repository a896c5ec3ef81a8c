"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field, type FieldText } from "./field";
import { Input, type InputProps } from "./input";

type PasswordFieldProps = FieldText & Omit<InputProps, "type"> & { autoComplete: "current-password" | "new-password" };

export function PasswordField({ label, help, error, optional, hideLabel, className, ...input }: PasswordFieldProps) {
  const t = useTranslations("common.field");
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field {...{ label, help, error, optional, hideLabel, className, id: input.id }}>
      {(control) => (
        <div className="relative">
          <Input {...input} {...control} type={isShown ? "text" : "password"} className="pr-10" spellCheck={false} />
          <button
            type="button"
            aria-label={t(isShown ? "hidePassword" : "showPassword")}
            aria-pressed={isShown}
            onClick={() => setIsShown(!isShown)}
            className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-md text-muted hover:text-text focus-inset"
          >
            <Icon aria-hidden className="size-4" strokeWidth={1.75} />
          </button>
        </div>
      )}
    </Field>
  );
}
