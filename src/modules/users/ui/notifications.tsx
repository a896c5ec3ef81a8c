"use client";

import { Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { enableSound, playSound, type SoundName } from "@/components/sounds";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { RadioGroup } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import type { AlertSettings } from "@/modules/users/alerts/contract";
import { trpc } from "@/trpc/client";
import { DesktopSwitches } from "./desktop-switches";

const VOLUMES = ["off", "quiet", "loud"] as const;
const TRIALS = [
  ["queue", "tryQueue"],
  ["mine", "tryMine"],
  ["sla", "trySla"],
] as const satisfies readonly (readonly [SoundName, string])[];

/** How the person is called to dialogs; each choice is saved at once. */
export function Notifications() {
  const t = useTranslations("users.notifications");
  const alerts = trpc.users.alerts.useQuery();
  return (
    <SectionCard title={t("title")} description={t("lead")}>
      {alerts.data ? (
        <Choices alerts={alerts.data} />
      ) : alerts.isError ? (
        <ErrorState
          cause={t("failed")}
          onRetry={() => void alerts.refetch()}
          isRetrying={alerts.isRefetching}
          requestId={alerts.error.data?.requestId}
        />
      ) : (
        <Skeleton className="h-64" />
      )}
    </SectionCard>
  );
}

function Choices({ alerts }: { alerts: AlertSettings }) {
  const t = useTranslations("users.notifications");
  const utils = trpc.useUtils();
  const errorText = useErrorText();
  const { mutate } = trpc.users.updateAlerts.useMutation({
    onMutate: (change) => utils.users.alerts.setData(undefined, { ...alerts, ...change }),
    onError: (error) => {
      void utils.users.alerts.invalidate();
      toast.error(errorText(error));
    },
  });
  const { sound } = alerts;
  const play = async (name: SoundName) => {
    if (sound === "off") return;
    await enableSound();
    playSound(name, sound);
  };
  return (
    <div className="flex flex-col gap-6">
      <RadioGroup
        label={t("sound")}
        help={t("soundHelp")}
        value={sound}
        onChange={(next) => mutate({ sound: next })}
        options={VOLUMES.map((value) => ({ value, label: t(value) }))}
      />
      <div role="group" aria-label={t("try")} className="flex flex-wrap gap-2">
        {TRIALS.map(([name, word]) => (
          <Button key={name} icon={<Volume2 aria-hidden />} disabled={sound === "off"} onClick={() => void play(name)}>
            {t(word)}
          </Button>
        ))}
      </div>
      <DesktopSwitches alerts={alerts} onChange={mutate} />
    </div>
  );
}
