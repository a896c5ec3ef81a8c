"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { RadioGroup } from "@/components/ui/radio-group";
import { SelectField } from "@/components/ui/select";
import type { GoOfflineInput } from "@/modules/handoff/presence/contract";
import { refusalOf, useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";

type Choice = GoOfflineInput["dialogs"];

/** Asks what becomes of the dialogs of somebody who leaves. */
export default function GoOfflineDialog({ count, onClose }: { count: number; onClose: () => void }) {
  const t = useTranslations("presence.leave");
  const utils = trpc.useUtils();
  const refusalText = useLeaveRefusal();
  const me = trpc.users.me.useQuery();
  const team = trpc.handoff.operators.useQuery();
  const [choice, setChoice] = useState<Choice>("return");
  const [colleagueId, setColleagueId] = useState("");
  const leave = trpc.handoff.goOffline.useMutation({
    onSuccess: onClose,
    onSettled: () => Promise.all([utils.handoff.invalidate(), utils.dialogs.invalidate()]),
  });
  const colleagues = (team.data?.items ?? []).filter(
    ({ userId, status }) => status === "online" && userId !== me.data?.id,
  );
  const isIncomplete = choice === "hand-over" && colleagueId === "";
  const confirm = () => {
    if (choice === "hand-over") leave.mutate({ dialogs: choice, userId: colleagueId });
    else leave.mutate({ dialogs: choice });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        size="sm"
        title={t("title", { count })}
        footer={
          <>
            <Button variant="ghost" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button variant="solid" busy={leave.isPending} disabled={isIncomplete} onClick={confirm}>
              {t("confirm")}
            </Button>
          </>
        }
      >
        <RadioGroup<Choice>
          label={t("label")}
          value={choice}
          onChange={setChoice}
          error={leave.error ? refusalText(leave.error) : undefined}
          options={[
            { value: "return", label: t("return"), help: t("returnHelp") },
            {
              value: "hand-over",
              label: t("handOver"),
              help: team.isSuccess && colleagues.length === 0 ? t("nobody") : t("handOverHelp"),
              disabled: colleagues.length === 0,
            },
            { value: "keep", label: t("keep"), help: t("keepHelp") },
          ]}
        />
        {choice === "hand-over" && (
          <SelectField
            label={t("colleague")}
            className="mt-4"
            value={colleagueId}
            onChange={(event) => setColleagueId(event.target.value)}
            options={[
              { value: "", label: t("choose"), disabled: true },
              ...colleagues.map(({ userId, name, load, siteCapacity, telegramCapacity }) => ({
                value: userId,
                label: t("person", {
                  name: name || t("nameless"),
                  load: load.site + load.telegram,
                  capacity: siteCapacity + telegramCapacity,
                }),
              })),
            ]}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

function useLeaveRefusal(): (error: unknown) => string {
  const t = useTranslations("presence.leave");
  const errorText = useErrorText();
  return (error) => {
    const { reason, load, capacity } = refusalOf(error)?.facts ?? {};
    if (reason === "target-full") return t("full", { load: Number(load), capacity: Number(capacity) });
    return reason === "target-away" ? t("gone") : errorText(error);
  };
}
