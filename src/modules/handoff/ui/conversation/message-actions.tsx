"use client";

import { Copy, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { MessageItem } from "@/modules/dialogs/contract";
import { trpc } from "@/trpc/client";
import { useMessageChange } from "./use-message-change";

type MessageActionsProps = { message: MessageItem; dialogId: string; onEdit: () => void };

/** What can be done with one message. Seen on hover and focus, always there for touch and keyboard. */
export function MessageActions({ message, dialogId, onEdit }: MessageActionsProps) {
  const t = useTranslations("conversation.action");
  const me = trpc.users.me.useQuery(undefined, { staleTime: 60_000 });
  const state = trpc.handoff.state.useQuery({ dialogId }, { staleTime: 60_000 });
  const [isDeleting, setIsDeleting] = useState(false);
  const { remove, isPending } = useMessageChange();
  const isMine = message.author === "operator" && message.authorId !== null && message.authorId === me.data?.id;
  const mayDelete = isMine || (message.author === "operator" && state.data?.mayOverride === true);
  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(
      () => toast.success(t("copied")),
      () => toast.error(t("notCopied")),
    );
  const items: MenuItem[] = [
    ...(message.text === ""
      ? []
      : [{ key: "copy", icon: <Copy aria-hidden />, label: t("copy"), onSelect: () => copy(message.text) }]),
    ...(isMine ? [{ key: "edit", icon: <Pencil aria-hidden />, label: t("edit"), onSelect: onEdit }] : []),
    ...(mayDelete
      ? [
          {
            key: "delete",
            icon: <Trash2 aria-hidden />,
            label: t("delete"),
            danger: true,
            onSelect: () => setIsDeleting(true),
          },
        ]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <span className="shrink-0 opacity-0 transition-opacity group-focus-within/message:opacity-100 group-hover/message:opacity-100 has-aria-expanded:opacity-100 coarse:opacity-100">
        <Menu
          align="end"
          items={items}
          trigger={
            <IconButton size="sm" label={t("more")}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        />
      </span>
      <ConfirmDialog
        open={isDeleting}
        onOpenChange={setIsDeleting}
        title={t("deleteTitle")}
        consequences={[t("deleteVisitor"), t("deleteTeam")]}
        action={t("delete")}
        busy={isPending}
        onConfirm={() => {
          remove(message.id);
          setIsDeleting(false);
        }}
      />
    </>
  );
}
