"use client";

import {
  AudioLines,
  BarChart3,
  Clapperboard,
  Contact,
  File,
  Image as ImageIcon,
  type LucideIcon,
  MapPin,
  Mic,
  Sticker,
} from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { AttachmentKind } from "@/db/enums";
import type { Attachment } from "@/modules/dialogs/contract";

const ICONS: Record<AttachmentKind, LucideIcon> = {
  photo: ImageIcon,
  document: File,
  voice: Mic,
  audio: AudioLines,
  video: Clapperboard,
  video_note: Clapperboard,
  animation: Clapperboard,
  sticker: Sticker,
  location: MapPin,
  contact: Contact,
  poll: BarChart3,
};
// Telegram gives no larger file to a bot.
const MAX_BYTES = 20 * 1024 * 1024;

type AttachmentViewProps = { messageId: string; attachment: Attachment };

/** What a visitor sent beside words: a picture in its place, anything else as a line that opens it. */
export function AttachmentView({ messageId, attachment }: AttachmentViewProps) {
  const [isBroken, setIsBroken] = useState(false);
  const t = useTranslations("dialogs.attachment");
  const isOpenable = attachment.hasFile && (attachment.sizeBytes ?? 0) <= MAX_BYTES;
  const href = `/api/attachments/${messageId}`;
  if (attachment.kind === "photo" && isOpenable && !isBroken) {
    return (
      <a href={href} className="max-w-[85%] overflow-hidden rounded-xl border">
        <img
          src={href}
          alt={t("photo")}
          width={attachment.width}
          height={attachment.height}
          loading="lazy"
          className="max-h-72 w-auto max-w-full object-contain"
          onError={() => setIsBroken(true)}
        />
      </a>
    );
  }
  return (
    <Line attachment={attachment} href={isOpenable && !isBroken ? href : undefined}>
      {isBroken && <span className="text-sm text-muted">{t("gone")}</span>}
    </Line>
  );
}

function Line({ attachment, href, children }: { attachment: Attachment; href?: string; children?: ReactNode }) {
  const t = useTranslations("dialogs.attachment");
  const Icon = ICONS[attachment.kind];
  const name = attachment.name ?? t(attachment.kind);
  return (
    <div className="flex max-w-[85%] min-w-0 flex-col gap-1 rounded-xl border bg-raised px-3 py-2">
      <div className="flex min-w-0 items-center gap-2">
        <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-muted" />
        {href ? (
          <a
            href={href}
            download={attachment.name ?? true}
            className="min-w-0 truncate rounded-sm text-accent-text underline underline-offset-3"
          >
            {name}
          </a>
        ) : (
          <span className="min-w-0 truncate">{name}</span>
        )}
        <Facts attachment={attachment} />
      </div>
      <Details attachment={attachment} />
      {children}
    </div>
  );
}

function Facts({ attachment: { sizeBytes, durationSeconds, emoji } }: { attachment: Attachment }) {
  const t = useTranslations("dialogs.attachment");
  const format = useFormatter();
  const facts = [
    emoji,
    durationSeconds === undefined ? undefined : clock(durationSeconds),
    sizeBytes === undefined
      ? undefined
      : t("size", { size: format.number(Math.max(0.1, sizeBytes / 1024 / 1024), { maximumFractionDigits: 1 }) }),
  ].filter((fact) => fact !== undefined);
  return facts.length > 0 && <span className="shrink-0 text-sm whitespace-nowrap text-muted">{facts.join(" · ")}</span>;
}

function Details({ attachment }: { attachment: Attachment }) {
  const t = useTranslations("dialogs.attachment");
  const { kind, latitude, longitude, phone, options, isTranscribed } = attachment;
  if (kind === "location" && latitude !== undefined && longitude !== undefined) {
    const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
    return (
      <a
        href={href}
        target="_blank"
        rel="noreferrer"
        className="text-sm rounded-sm text-accent-text underline underline-offset-3"
      >
        {t("openMap")}
      </a>
    );
  }
  if (phone !== undefined) {
    return (
      <a
        href={`tel:${phone.replace(/[^+\d]/g, "")}`}
        className="text-sm rounded-sm text-accent-text underline underline-offset-3"
      >
        {phone}
      </a>
    );
  }
  if (options !== undefined) {
    return (
      <ul className="list-disc pl-5 text-sm">
        {options.map((option, index) => (
          <li key={index}>{option}</li>
        ))}
      </ul>
    );
  }
  return isTranscribed ? <p className="text-sm text-muted">{t("transcribed")}</p> : null;
}

/** Minutes and seconds as players show them. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
