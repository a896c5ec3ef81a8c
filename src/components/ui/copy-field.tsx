"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "../cn";
import { Button } from "./button";
import { useCopy } from "./copy-button";
import { Field, type FieldText } from "./field";
import { Input } from "./input";

/** A value to take away: mono, read-only, with a button that answers in place. */
export function CopyField({ value, className, ...text }: FieldText & { value: string; className?: string }) {
  const t = useTranslations("common.action");
  const { isCopied, copy } = useCopy(value);
  return (
    <Field {...text} className={className}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            readOnly
            value={value}
            onFocus={(event) => event.target.select()}
            className="font-mono text-sm"
          />
          <Button
            icon={isCopied ? <Check aria-hidden className="text-success-text" /> : <Copy aria-hidden />}
            onClick={copy}
          >
            <span className="grid" aria-live="polite">
              <span className={cn("col-start-1 row-start-1", isCopied && "invisible")}>{t("copy")}</span>
              <span className={cn("col-start-1 row-start-1", !isCopied && "invisible")}>{t("copied")}</span>
            </span>
          </Button>
        </div>
      )}
    </Field>
  );
}
