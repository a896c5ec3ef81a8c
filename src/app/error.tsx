"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";

type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

export default function PageError({ error, retry }: PageErrorProps) {
  const t = useTranslations("common.crash");
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <ErrorState cause={t("title")} hint={t("hint")} requestId={error.digest} onRetry={retry} />
    </main>
  );
}
