"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { FlatRail } from "@/components/ui/handover-rail";
import { IconButton } from "@/components/ui/icon-button";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { previewOf } from "@/lib/text";
import type { DialogItem } from "@/modules/dialogs/contract";
import { DialogMarks } from "./dialog-marks";
import { DialogStatus } from "./dialog-status";
import { FirstReply } from "./first-reply";
import { useDialogWords } from "./use-dialog-words";

type RowsProps = {
  items: readonly DialogItem[];
  baseHref: string;
  marked: ReadonlySet<string>;
  onMark: (id: string) => void;
  onClose: (id: string) => void;
};

/** A table where there is room, rows of a few lines on a phone. Open dialogs can be marked and closed in place. */
export function DialogTable(rows: RowsProps) {
  return (
    <>
      <div className="max-lg:hidden">
        <WideTable {...rows} />
      </div>
      <ul className="divide-y rounded-lg border bg-raised lg:hidden">
        {rows.items.map((dialog) => (
          <NarrowRow key={dialog.id} dialog={dialog} rows={rows} />
        ))}
      </ul>
    </>
  );
}

function WideTable(rows: RowsProps) {
  const t = useTranslations("dialogs");
  return (
    <Table className="table-fixed">
      <TableHead>
        <tr>
          <TableHeaderCell className="w-10 pr-0">
            <span className="sr-only">{t("list.mark")}</span>
          </TableHeaderCell>
          <TableHeaderCell className="w-38 xl:w-52">{t("list.visitor")}</TableHeaderCell>
          <TableHeaderCell>{t("list.lastMessage")}</TableHeaderCell>
          <TableHeaderCell className="w-32 max-2xl:hidden">{t("list.rail")}</TableHeaderCell>
          <TableHeaderCell className="w-50">{t("list.state")}</TableHeaderCell>
          <TableHeaderCell align="end" className="w-36 max-xl:hidden">
            {t("list.firstReply")}
          </TableHeaderCell>
          <TableHeaderCell align="end" className="w-28 max-2xl:hidden">
            {t("list.messages")}
          </TableHeaderCell>
          <TableHeaderCell align="end" className="w-28">
            {t("list.time")}
          </TableHeaderCell>
          <TableHeaderCell className="w-12 pl-0">
            <span className="sr-only">{t("list.close")}</span>
          </TableHeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {rows.items.map((dialog) => (
          <WideRow key={dialog.id} dialog={dialog} rows={rows} />
        ))}
      </TableBody>
    </Table>
  );
}

type RowProps = { dialog: DialogItem; rows: RowsProps };

function WideRow({ dialog, rows }: RowProps) {
  const t = useTranslations("dialogs");
  const { nameOf } = useDialogWords();
  const isMarked = rows.marked.has(dialog.id);
  return (
    <TableRow aria-selected={isMarked || undefined}>
      <TableCell className="pr-0">
        <Mark dialog={dialog} rows={rows} />
      </TableCell>
      <TableCell>
        <RowLink href={`${rows.baseHref}/${dialog.id}`} className="block truncate">
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
        <Tags tags={dialog.tags} />
      </TableCell>
      <TableCell className="max-2xl:hidden">
        <Rail dialog={dialog} />
      </TableCell>
      <TableCell>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <DialogStatus dialog={dialog} />
          <DialogMarks dialog={dialog} />
        </span>
      </TableCell>
      <TableCell align="end" className="text-text-2 max-xl:hidden">
        <FirstReply firstReply={dialog.firstReply} />
      </TableCell>
      <TableCell align="end" className="max-2xl:hidden">
        {dialog.messageCount}
      </TableCell>
      <TableCell align="end" className="text-muted">
        {dialog.lastMessageAt && <TimeAgo at={dialog.lastMessageAt} />}
      </TableCell>
      <TableCell className="pl-0">
        <Close dialog={dialog} rows={rows} />
      </TableCell>
    </TableRow>
  );
}

function NarrowRow({ dialog, rows }: RowProps) {
  const t = useTranslations("dialogs.channel");
  const { nameOf } = useDialogWords();
  return (
    <li className="relative flex flex-col gap-1 px-4 py-3">
      <div className="flex items-center gap-2">
        <Mark dialog={dialog} rows={rows} />
        <RowLink href={`${rows.baseHref}/${dialog.id}`} className="min-w-0 flex-1 truncate">
          {nameOf(dialog)}
          <Unread count={dialog.unreadCount} />
        </RowLink>
        {dialog.lastMessageAt && <TimeAgo at={dialog.lastMessageAt} className="shrink-0 text-sm text-muted" />}
        <Close dialog={dialog} rows={rows} />
      </div>
      <p className="truncate text-text-2">
        <Preview dialog={dialog} />
      </p>
      <Tags tags={dialog.tags} />
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm text-muted">
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="truncate">{t(dialog.channel)}</span>
          <DialogMarks dialog={dialog} />
        </span>
        <Rail dialog={dialog} />
      </div>
    </li>
  );
}

// Above the row's link, which covers everything else.
function Mark({ dialog, rows }: RowProps) {
  const t = useTranslations("dialogs.list");
  const { nameOf } = useDialogWords();
  if (dialog.status === "ended") return null;
  return (
    <Checkbox
      aria-label={t("markOne", { name: nameOf(dialog) })}
      checked={rows.marked.has(dialog.id)}
      onChange={() => rows.onMark(dialog.id)}
      className="relative z-10 block"
    />
  );
}

function Close({ dialog, rows }: RowProps) {
  const t = useTranslations("dialogs.list");
  const { nameOf } = useDialogWords();
  if (dialog.status === "ended") return null;
  return (
    <span className="relative z-10 inline-flex">
      <IconButton size="sm" label={t("closeOne", { name: nameOf(dialog) })} onClick={() => rows.onClose(dialog.id)}>
        <Check aria-hidden />
      </IconButton>
    </span>
  );
}

const SHOWN_TAGS = 3;

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <p className="mt-0.5 flex min-w-0 flex-wrap gap-1">
      {tags.slice(0, SHOWN_TAGS).map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {tags.length > SHOWN_TAGS && <Badge>+{tags.length - SHOWN_TAGS}</Badge>}
    </p>
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
