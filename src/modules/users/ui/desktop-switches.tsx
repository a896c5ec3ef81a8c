"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/checkbox";
import type { AlertSettings, UpdateAlertsInput } from "@/modules/users/alerts/contract";

type DesktopSwitchesProps = { alerts: AlertSettings; onChange: (change: UpdateAlertsInput) => void };

/** Notifications on the desktop. The choice is the person's everywhere; the permission is this browser's. */
export function DesktopSwitches({ alerts, onChange }: DesktopSwitchesProps) {
  const t = useTranslations("users.notifications");
  const permission = useSyncExternalStore(watchPermission, readPermission, () => "granted");
  const turn = async (isDesktopOn: boolean) => {
    if (!isDesktopOn) return onChange({ isDesktopOn });
    if (permission === "default") await askPermission();
    if (readPermission() === "granted") onChange({ isDesktopOn });
  };
  const isBarred = permission === "denied" || permission === "unsupported";
  return (
    <div className="flex flex-col gap-4">
      <Switch
        label={t("desktop")}
        help={isBarred ? t(permission) : t("desktopHelp")}
        disabled={isBarred && !alerts.isDesktopOn}
        checked={alerts.isDesktopOn}
        onChange={(event) => void turn(event.target.checked)}
      />
      {alerts.isDesktopOn && permission === "default" && (
        <p className="flex flex-wrap items-center gap-2 text-sm text-text-2">
          {t("unasked")}
          <Button size="sm" onClick={() => void askPermission()}>
            {t("allow")}
          </Button>
        </p>
      )}
      <Switch
        label={t("showsText")}
        help={t("showsTextHelp")}
        disabled={!alerts.isDesktopOn}
        checked={alerts.showsText}
        onChange={(event) => onChange({ showsText: event.target.checked })}
      />
    </div>
  );
}

const listeners = new Set<() => void>();

function readPermission(): NotificationPermission | "unsupported" {
  return typeof Notification === "undefined" ? "unsupported" : Notification.permission;
}

async function askPermission(): Promise<void> {
  await Notification.requestPermission();
  for (const listener of listeners) listener();
}

// The permission may be changed in the browser's own settings, beside which people come back to the page.
function watchPermission(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("focus", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("focus", listener);
  };
}
