"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "./button";

const SHOWN_MS = 2000;

/** Copies `text`; true for two seconds after it was copied. */
export function useCopy(text: string) {
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
