"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { cn } from "../cn";
import { Button } from "./button";
import { Field, type FieldText } from "./field";
import { Input } from "./input";

const SHOWN_MS = 2000;

function useCopy(text: string) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setIsCopied(true));
  return { isCopied, copy };
}

/** Copies, and says so in its own place for two seconds. */
export function CopyButton({ text, label, className }: { text: string; label?: string; className?: string }) {
  const t = useTranslations("common.action");
  const { isCopied, copy } = useCopy(text);
  const words = isCopied ? t("copied") : (label ?? t("copy"));
  const icon = isCopied ? <Check aria-hidden className="text-success-text" /> : <Copy aria-hidden />;
  return (
    <Button
      size="sm"
      variant="ghost"
      shape={label ? "text" : "icon"}
      icon={icon}
      onClick={copy}
      aria-label={words}
      className={className}
    >
      {label && <span aria-live="polite">{words}</span>}
    </Button>
  );
}

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
