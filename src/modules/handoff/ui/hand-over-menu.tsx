"use client";

import { UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { trpc } from "@/trpc/client";

type HandOverMenuProps = { holderId: string | undefined; isDisabled: boolean; onChoose: (userId: string) => void };

/** Colleagues who are online now; asked for only when somebody looks. */
export function HandOverMenu({ holderId, isDisabled, onChoose }: HandOverMenuProps) {
  const t = useTranslations("handoff.banner");
  const [wasOpened, setWasOpened] = useState(false);
  const operators = trpc.handoff.operators.useQuery(undefined, { enabled: wasOpened });
  const online = (operators.data?.items ?? []).filter(
    ({ userId, status }) => status === "online" && userId !== holderId,
  );
  const items: MenuItem[] = online.map(({ userId, name, load, siteCapacity, telegramCapacity }) => ({
    key: userId,
    icon: <UserRoundCheck aria-hidden />,
    label: t("colleague", {
      name: name || t("nameless"),
      load: load.site + load.telegram,
      capacity: siteCapacity + telegramCapacity,
    }),
    onSelect: () => onChoose(userId),
  }));
  const nobody = t(operators.isPending ? "looking" : "nobodyOnline");
  return (
    <Menu
      align="end"
      onOpen={() => setWasOpened(true)}
      trigger={
        <Button variant="ghost" icon={<UserRoundCheck aria-hidden className="@max-2xl:hidden" />} disabled={isDisabled}>
          {t("handOver")}
        </Button>
      }
      items={items.length > 0 ? items : [{ key: "nobody", label: nobody, disabled: true, onSelect: () => undefined }]}
    />
  );
}
