"use client";

import { useTranslations } from "next-intl";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { TableCell, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { EmailSummary } from "../contract";
import { LETTER_KINDS, type EmailStatus } from "../limits";

const TONE: Record<EmailStatus, Tone> = { queued: "info", sent: "success", kept: "neutral", failed: "danger" };

export function OutboxRow({ email, onOpen }: { email: EmailSummary; onOpen: () => void }) {
  const t = useTranslations("email.outbox");
  const kind = LETTER_KINDS.find((known) => known === email.kind);
  const kindText = kind ? t(`kind.${kind}`) : email.kind;
  const status = (
    <span title={email.error ?? undefined}>
      <StatusPill tone={TONE[email.status]}>{t(email.status)}</StatusPill>
    </span>
  );
  return (
    <TableRow className="hover:bg-hover">
      <TableCell className="max-w-48 sm:max-w-64">
        <button
          type="button"
          onClick={onOpen}
          aria-label={`${t("open")}: ${email.to}`}
          className="max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-inset"
        >
          {email.to}
        </button>
        <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-text-2 sm:hidden">
          {kindText} {status}
        </span>
      </TableCell>
      <TableCell className="whitespace-nowrap max-sm:hidden">{kindText}</TableCell>
      <TableCell className="max-sm:hidden">{status}</TableCell>
      <TableCell className="whitespace-nowrap text-text-2">
        <TimeAgo at={email.createdAt} />
      </TableCell>
      <TableCell align="end" className="max-sm:hidden">
        {email.attempts}
      </TableCell>
    </TableRow>
  );
}
