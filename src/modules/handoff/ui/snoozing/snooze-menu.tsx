"use client";

import { Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { momentsFrom } from "./moments";
import { useMomentLabel } from "./use-moment-label";
import { useSnooze } from "./use-snooze";

/** Until when to put the dialog aside. */
export function SnoozeMenu({ dialogId }: { dialogId: string }) {
  const t = useTranslations("conversation.snooze");
  const labelOf = useMomentLabel();
  const [now, setNow] = useState(() => new Date());
  const { snooze, isBusy } = useSnooze(dialogId);
  return (
    <Menu
      align="end"
      onOpen={() => setNow(new Date())}
      trigger={
        <Button
          variant="ghost"
          icon={<Clock aria-hidden />}
          busy={isBusy}
          aria-keyshortcuts="S"
          title={t("action")}
          className="@max-2xl:px-2"
        >
          <span className="@max-2xl:sr-only">{t("action")}</span>
        </Button>
      }
      items={momentsFrom(now).map(({ key, at }) => ({
        key,
        label: t(key),
        note: labelOf(at, { withWeekday: true }),
        onSelect: () => snooze(at),
      }))}
    />
  );
}
