"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ExternalProvider } from "../contract";
import { goToProvider } from "./session-door";

/** The other ways in that this installation has keys for. */
export function ExternalButtons({ providers, next }: { providers: readonly ExternalProvider[]; next: string }) {
  const t = useTranslations("auth");
  const [chosen, setChosen] = useState<ExternalProvider>();
  if (providers.length === 0) return null;
  const go = (provider: ExternalProvider) => {
    setChosen(provider);
    goToProvider(provider, next).catch(() => setChosen(undefined));
  };
  return (
    <div className="mt-6 flex flex-col gap-2">
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {t("login.or")}
      </p>
      {providers.map((provider) => (
        <Button key={provider} size="lg" busy={chosen === provider} onClick={() => go(provider)}>
          {t(`external.${provider}`)}
        </Button>
      ))}
    </div>
  );
}
