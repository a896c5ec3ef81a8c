"use client";

import { VolumeX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { enableSound, isAudible, watchAudible } from "@/components/sounds";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/client";

/** Stands at the list until the browser lets the page be heard. */
export function EnableSound({ className }: { className?: string }) {
  const t = useTranslations("alerts");
  const { data: settings } = trpc.users.alerts.useQuery(undefined, { staleTime: 60_000 });
  const canBeHeard = useSyncExternalStore(watchAudible, isAudible, () => true);
  if (!settings || settings.sound === "off" || canBeHeard) return null;
  return (
    <Button
      variant="ghost"
      size="sm"
      icon={<VolumeX aria-hidden />}
      className={className}
      onClick={() => void enableSound()}
    >
      {t("enable")}
    </Button>
  );
}
