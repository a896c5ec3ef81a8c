"use client";

import { UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { trpc } from "@/trpc/client";

type HandOverMenuProps = { holderId: string | undefined; isDisabled: boolean; onChoose: (userId: string) => void };

/** Colleagues who are online now; asked for only when somebody looks. */
export function HandOverMenu({ holderId, isDisabled, onChoose }: HandOverMenuProps) {
  const t = useTranslations("handoff.banner");
  const [isOpen, setIsOpen] = useState(false);
  const operators = trpc.handoff.operators.useQuery(undefined, { enabled: isOpen });
  const online = (operators.data?.items ?? []).filter(
    ({ userId, status }) => status === "online" && userId !== holderId,
  );
  return (
    <DropdownMenu open={isOpen} onOpenChange={setIsOpen}>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" disabled={isDisabled}>
          {t("handOver")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {online.map(({ userId, name, load, siteCapacity, telegramCapacity }) => (
          <DropdownMenuItem key={userId} icon={<UserRoundCheck aria-hidden />} onSelect={() => onChoose(userId)}>
            {t("colleague", {
              name: name || t("nameless"),
              load: load.site + load.telegram,
              capacity: siteCapacity + telegramCapacity,
            })}
          </DropdownMenuItem>
        ))}
        {online.length === 0 && (
          <DropdownMenuItem disabled>{t(operators.isPending ? "looking" : "nobodyOnline")}</DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
