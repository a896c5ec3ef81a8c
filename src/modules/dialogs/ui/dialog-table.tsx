"use client";

import { useTranslations } from "next-intl";
import { FlatRail } from "@/components/ui/handover-rail";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { previewOf } from "@/lib/text";
import type { DialogItem } from "@/modules/dialogs/contract";
import { DialogStatus } from "./dialog-status";
import { Stars } from "./stars";
import { useDialogWords } from "./use-dialog-words";

type DialogTableProps = { items: readonly DialogItem[]; baseHref: string };

/** A table where there is room, two-line rows on a phone. */
export function DialogTable({ items, baseHref }: DialogTableProps) {
  return (
    <>
      <div className="max-lg:hidden">
        <WideTable items={items} baseHref={baseHref} />
      </div>
      <ul className="divide-y rounded-lg border bg-raised lg:hidden">
        {items.map((dialog) => (
          <NarrowRow key={dialog.id} dialog={dialog} href={`${baseHref}/${dialog.id}`} />
        ))}
      </ul>
    </>
  );
}

function WideTable({ items, baseHref }: DialogTableProps) {
  const t = useTranslations("dialogs");
  const { nameOf } = useDialogWords();
  return (
    <Table className="table-fixed">
      <TableHead>
        <tr>
          <TableHeaderCell className="w-44 xl:w-56">{t("list.visitor")}</TableHeaderCell>
          <TableHeaderCell>{t("list.lastMessage")}</TableHeaderCell>
          <TableHeaderCell className="w-36 max-xl:hidden">{t("list.rail")}</TableHeaderCell>
          <TableHeaderCell className="w-48">{t("list.state")}</TableHeaderCell>
          <TableHeaderCell align="end" className="w-28 max-xl:hidden">
            {t("list.messages")}
          </TableHeaderCell>
          <TableHeaderCell align="end" className="w-28">
            {t("list.time")}
          </TableHeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {items.map((dialog) => (
          <TableRow key={dialog.id}>
            <TableCell>
              <RowLink href={`${baseHref}/${dialog.id}`} className="block truncate">
                {nameOf(dialog)}
                <Unread count={dialog.unreadCount} />
              </RowLink>
              <p className="truncate text-sm text-muted">
                {t(`channel.${dialog.channel}`)} · {dialog.assistantName}
              </p>
            </TableCell>
            <TableCell>
              <p className="truncate text-text-2">
                <Preview dialog={dialog} />
              </p>
            </TableCell>
            <TableCell className="max-xl:hidden">
              <Rail dialog={dialog} />
            </TableCell>
            <TableCell>
              <span className="flex items-center gap-2">
                <DialogStatus dialog={dialog} />
                <Stars rating={dialog.rating} />
              </span>
            </TableCell>
            <TableCell align="end" className="max-xl:hidden">
              {dialog.messageCount}
            </TableCell>
            <TableCell align="end" className="text-muted">
              {dialog.lastMessageAt && <TimeAgo at={dialog.lastMessageAt} />}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function NarrowRow({ dialog, href }: { dialog: DialogItem; href: string }) {
  const t = useTranslations("dialogs.channel");
  const { nameOf } = useDialogWords();
  return (
    <li className="relative flex flex-col gap-1 px-4 py-3">
      <div className="flex items-baseline gap-2">
        <RowLink href={href} className="min-w-0 flex-1 truncate">
          {nameOf(dialog)}
          <Unread count={dialog.unreadCount} />
        </RowLink>
        {dialog.lastMessageAt && <TimeAgo at={dialog.lastMessageAt} className="shrink-0 text-sm text-muted" />}
      </div>
      <p className="truncate text-text-2">
        <Preview dialog={dialog} />
      </p>
      <div className="flex items-center justify-between gap-2 text-sm text-muted">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate">{t(dialog.channel)}</span>
          <Stars rating={dialog.rating} />
        </span>
        <Rail dialog={dialog} />
      </div>
    </li>
  );
}

/** The last words, or what came without any. */
function Preview({ dialog }: { dialog: DialogItem }) {
  const t = useTranslations("dialogs.attachment");
  if (dialog.lastMessage === "" && dialog.lastAttachment) return t(dialog.lastAttachment);
  return previewOf(dialog.lastMessage);
}

function Rail({ dialog }: { dialog: DialogItem }) {
  return (
    <FlatRail
      aiMessages={dialog.rail.ai}
      operatorMessages={dialog.rail.operator}
      isWaiting={dialog.handoffStatus === "requested"}
    />
  );
}

function Unread({ count }: { count: number }) {
  const t = useTranslations("dialogs.list");
  if (count === 0) return null;
  return (
    <span
      role="img"
      aria-label={t("unread", { count })}
      className="ml-2 inline-block size-2 rounded-full bg-accent align-middle"
    />
  );
}
