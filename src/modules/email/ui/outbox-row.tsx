"use client";

import { useTranslations } from "next-intl";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { TableCell, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { LETTER_KINDS, type EmailStatus, type EmailSummary } from "../contract";

const TONE: Record<EmailStatus, Tone> = { queued: "info", sent: "success", kept: "neutral", failed: "danger" };

export function OutboxRow({ email, onOpen }: { email: EmailSummary; onOpen: () => void }) {
  const t = useTranslations("email.outbox");
  const kind = LETTER_KINDS.find((known) => known === email.kind);
  return (
    <TableRow className="hover:bg-hover">
      <TableCell className="max-w-64 truncate">
        <button
          type="button"
          onClick={onOpen}
          aria-label={`${t("open")}: ${email.to}`}
          className="max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-inset"
        >
          {email.to}
        </button>
      </TableCell>
      <TableCell className="whitespace-nowrap">{kind ? t(`kind.${kind}`) : email.kind}</TableCell>
      <TableCell>
        <span title={email.error ?? undefined}>
          <StatusPill tone={TONE[email.status]}>{t(email.status)}</StatusPill>
        </span>
      </TableCell>
      <TableCell className="whitespace-nowrap text-text-2">
        <TimeAgo at={email.createdAt} />
      </TableCell>
      <TableCell align="end">{email.attempts}</TableCell>
    </TableRow>
  );
}
