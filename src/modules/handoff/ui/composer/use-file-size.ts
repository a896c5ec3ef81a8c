"use client";

import { useFormatter, useTranslations } from "next-intl";

const KB = 1024;
const MB = KB * KB;

/** The size of a file in words, as short as it can be. */
export function useFileSize(): (sizeBytes: number) => string {
  const t = useTranslations("composer.files");
  const format = useFormatter();
  return (sizeBytes) => {
    const isLarge = sizeBytes >= MB;
    const size = format.number(sizeBytes / (isLarge ? MB : KB), { maximumFractionDigits: isLarge ? 1 : 0 });
    return t(isLarge ? "megabytes" : "kilobytes", { size });
  };
}
