"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "./button";
import { Field, type FieldText } from "./field";
import { Input, type InputProps } from "./input";

type SecretFieldProps = FieldText & Omit<InputProps, "type" | "value" | "defaultValue"> & { savedLast4?: string };

/** Write-only: a saved secret shows its last four characters and a way to replace it. */
export function SecretField({
  label,
  help,
  error,
  optional,
  hideLabel,
  savedLast4,
  className,
  ...input
}: SecretFieldProps) {
  const t = useTranslations("common");
  const [isReplacing, setIsReplacing] = useState(false);
  const isEditable = savedLast4 === undefined || isReplacing;
  return (
    <Field {...{ label, help, error, optional, hideLabel, className, id: input.id }}>
      {(control) =>
        isEditable ? (
          <Input
            {...input}
            {...control}
            autoComplete="off"
            spellCheck={false}
            autoFocus={isReplacing}
            className="font-mono text-sm"
          />
        ) : (
          <div className="flex gap-2">
            <Input
              {...control}
              readOnly
              value={`•••• ${savedLast4}`}
              aria-label={t("field.secretSaved", { last4: savedLast4 })}
              className="font-mono text-sm"
            />
            <Button onClick={() => setIsReplacing(true)}>{t("action.replace")}</Button>
          </div>
        )
      }
    </Field>
  );
}
