"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { trpc } from "@/trpc/client";

type AssignDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  count: number;
  onChoose: (userId: string) => void;
};

/** Who gets the dialogs: only people who are online can, the others are shown with the reason. */
export function AssignDialog({ open, onOpenChange, count, onChoose }: AssignDialogProps) {
  const t = useTranslations("inbox.assign");
  const common = useTranslations("common.state");
  const people = trpc.handoff.operators.useQuery(undefined, { enabled: open });
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" title={t("title", { count })} description={t("hint")}>
        {!people.data ? (
          <SkeletonRows rows={3} label={common("loading")} />
        ) : (
          <ul className="-mx-2 flex flex-col">
            {people.data.items.map(({ userId, name, status, load, siteCapacity, telegramCapacity }) => (
              <li key={userId}>
                <button
                  type="button"
                  disabled={status !== "online"}
                  onClick={() => {
                    onOpenChange(false);
                    onChoose(userId);
                  }}
                  className="flex min-h-10 w-full items-center gap-2.5 rounded-md px-2 text-left touch-target hover:bg-hover focus-inset disabled:pointer-events-none disabled:text-muted"
                >
                  <Avatar name={name} />
                  <span className="min-w-0 flex-1 truncate">{name || t("nameless")}</span>
                  <span className="shrink-0 text-sm text-muted tabular-nums">
                    {status === "online"
                      ? t("load", { load: load.site + load.telegram, capacity: siteCapacity + telegramCapacity })
                      : t(status)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </DialogContent>
    </Dialog>
  );
}
