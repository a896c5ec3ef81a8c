"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { trpc } from "@/trpc/client";
import type { Viewer } from "./team";
import { useTeamWords } from "./use-team-words";

export type MemberStep = "remove" | "leave" | "transfer";

type MemberDialogProps = {
  step: MemberStep | undefined;
  onClose: () => void;
  userId: string;
  name: string;
  viewer: Viewer;
};

/** Asks before a step that takes access away or gives the workspace away. */
export function MemberDialog({ step, onClose, userId, name, viewer }: MemberDialogProps) {
  const { t, failure } = useTeamWords();
  const utils = trpc.useUtils();
  const remove = trpc.workspaces.removeMember.useMutation();
  const leave = trpc.workspaces.leave.useMutation();
  const transfer = trpc.workspaces.transferOwnership.useMutation();
  const [error, setError] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  if (!step) return null;

  const workspace = viewer.workspaceName;
  const plans = {
    remove: {
      title: t("removeTitle", { name }),
      consequences: [t("removeNow", { name }), t("removeDialogs")],
      run: async () => {
        await remove.mutateAsync({ userId });
        toast.success(t("removed", { name }));
        await utils.workspaces.members.invalidate();
      },
    },
    leave: {
      title: t("leaveTitle", { workspace }),
      consequences: [t("leaveNow"), t("leaveBack")],
      run: async () => {
        await leave.mutateAsync();
        window.location.assign("/w");
      },
    },
    transfer: {
      title: t("transferTitle", { name }),
      consequences: [t("transferOwn"), t("transferAll", { name })],
      run: async () => {
        await transfer.mutateAsync({ userId });
        // The own role has changed with it, and the server decides what this page may show.
        window.location.reload();
      },
    },
  };
  const plan = plans[step];
  const close = () => {
    setError(undefined);
    onClose();
  };
  const confirm = async () => {
    setIsBusy(true);
    try {
      await plan.run();
      close();
    } catch (cause) {
      setError(failure(cause));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && close()}
      title={plan.title}
      consequences={plan.consequences}
      action={t(step)}
      busy={isBusy}
      error={error}
      onConfirm={() => void confirm()}
    />
  );
}
