"use client";

import { Braces, FileDown, FileText, Trash2, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { useDialogWords } from "./use-dialog-words";

/** For owners and admins: the dialog and the visitor's data as files, and the way to remove the visitor. */
export function DialogRecords({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("dialogs.records");
  const workspaceId = useWorkspaceId();
  const me = trpc.users.me.useQuery(undefined, { staleTime: 60_000 });
  const [isRemoving, setIsRemoving] = useState(false);
  const role = me.data?.workspaces.find(({ id }) => id === workspaceId)?.role;
  if (!role || role === "operator") return null;
  const at = `/api/dialogs/${dialog.id}`;
  const file = (path: string, query = "") => ({
    href: `${at}${path}?workspace=${workspaceId}${query}`,
    isDownload: true,
  });
  return (
    <>
      <Menu
        trigger={
          <Button size="sm" icon={<FileDown aria-hidden />}>
            {t("open")}
          </Button>
        }
        items={[
          { key: "text", icon: <FileText aria-hidden />, label: t("text"), ...file("") },
          { key: "json", icon: <Braces aria-hidden />, label: t("json"), ...file("", "&format=json") },
          { key: "visitor", icon: <UserRound aria-hidden />, label: t("visitor"), ...file("/visitor") },
          {
            key: "remove",
            icon: <Trash2 aria-hidden />,
            label: t("remove"),
            danger: true,
            onSelect: () => setIsRemoving(true),
          },
        ]}
      />
      <RemoveVisitor dialog={dialog} open={isRemoving} onOpenChange={setIsRemoving} />
    </>
  );
}

type RemoveVisitorProps = { dialog: DialogDetail; open: boolean; onOpenChange: (open: boolean) => void };

function RemoveVisitor({ dialog, open, onOpenChange }: RemoveVisitorProps) {
  const t = useTranslations("dialogs.records");
  const { nameOf } = useDialogWords();
  const errorText = useErrorText();
  const router = useRouter();
  const pathname = usePathname();
  const utils = trpc.useUtils();
  const holdings = trpc.dialogs.visitorData.useQuery({ dialogId: dialog.id }, { enabled: open });
  const remove = trpc.dialogs.removeVisitor.useMutation({
    onSuccess: ({ dialogCount }) => {
      toast.success(t("removed", { count: dialogCount }));
      onOpenChange(false);
      router.replace(pathname.slice(0, pathname.lastIndexOf("/")));
      void Promise.all([utils.dialogs.invalidate(), utils.handoff.invalidate()]);
    },
  });
  const name = nameOf(dialog);
  const { data } = holdings;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title", { name })}
      consequences={[
        ...(data
          ? [
              t("dialogs", { count: data.dialogCount }),
              t("messages", { count: data.messageCount }),
              t("notes", { count: data.noteCount }),
              t("files", { count: data.fileCount }),
            ]
          : [t("counting")]),
        t("profile"),
        t("keepsMoney"),
      ]}
      action={t("remove")}
      typedName={name}
      busy={remove.isPending || !data}
      error={errorOf(remove.error ?? holdings.error, errorText)}
      onConfirm={() => remove.mutate({ dialogId: dialog.id })}
    />
  );
}

function errorOf<E>(error: E | null, errorText: (error: E) => string): string | undefined {
  return error === null ? undefined : errorText(error);
}
