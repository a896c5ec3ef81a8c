"use client";

import { useTranslations } from "next-intl";

type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

// Every page carries this one, so it is drawn without the parts that the pages are made of.
export default function PageError({ error, retry }: PageErrorProps) {
  const t = useTranslations("common");
  return (
    <main role="alert" className="flex min-h-[60dvh] flex-col items-center justify-center px-4 text-center">
      <p className="text-md font-medium">{t("crash.title")}</p>
      <p className="mt-1 max-w-[48ch] text-text-2 text-pretty">{t("crash.hint")}</p>
      <button
        type="button"
        onClick={retry}
        className="mt-4 h-8 rounded-md border bg-raised px-3 font-medium hover:bg-hover touch-target"
      >
        {t("action.retry")}
      </button>
      {error.digest && (
        <p className="mt-3 text-xs text-muted">
          {t("state.requestId")} <code className="font-mono select-all">{error.digest}</code>
        </p>
      )}
    </main>
  );
}
