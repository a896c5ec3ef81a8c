"use client";

import { FileText, MessageCircleQuestion, Star, ThumbsDown, ThumbsUp } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useMoney } from "@/components/money";
import { ErrorState } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/time-ago";
import type { DialogDetail } from "@/modules/dialogs/contract";
import type { DialogContext } from "@/modules/dialogs/profile/contract";
import { DialogRecords } from "@/modules/dialogs/ui/dialog-records";
import { FirstReply } from "@/modules/dialogs/ui/first-reply";
import { Outcome } from "@/modules/dialogs/ui/outcome";
import { Stars } from "@/modules/dialogs/ui/stars";
import { trpc } from "@/trpc/client";
import { PaneSkeleton } from "./pane-skeleton";
import { TagEditor } from "./tag-editor";
import { VisitorName } from "./visitor-name";

/** What is known beside the talk itself: the visitor, the handoff, the assistant and its sources, earlier talks, tags and cost. */
export function ContextPanel({ dialogId }: { dialogId: string }) {
  const dialog = trpc.dialogs.get.useQuery({ id: dialogId });
  const context = trpc.dialogs.context.useQuery({ dialogId });
  const failed = dialog.error ?? context.error;
  if (failed?.data?.code === "NOT_FOUND") return null;
  if (failed) {
    return (
      <ErrorState
        onRetry={() => void Promise.all([dialog.refetch(), context.refetch()])}
        isRetrying={dialog.isRefetching || context.isRefetching}
        requestId={failed.data?.requestId}
      />
    );
  }
  if (!dialog.data || !context.data) return <PaneSkeleton />;
  return (
    <div className="flex flex-col gap-5 px-4 pt-1 pb-6 text-base">
      <Visitor dialog={dialog.data} />
      <Handoff dialogId={dialogId} summary={context.data.summary} />
      <Assistant dialog={dialog.data} />
      <Sources sources={context.data.sources} />
      <Ratings rating={dialog.data.rating} thumbs={context.data.thumbs} />
      <Section title="tags">
        <TagEditor dialog={dialog.data} />
      </Section>
      <Past past={context.data.past} />
      <Cost cost={context.data.cost} />
      <Outcome key={dialogId} dialog={dialog.data} />
      <DialogRecords dialog={dialog.data} />
    </div>
  );
}

type SectionName = "visitor" | "handoff" | "assistant" | "sources" | "rating" | "tags" | "history" | "cost";

function Section({ title, children }: { title: SectionName; children: ReactNode }) {
  const t = useTranslations("conversation.context");
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{t(title)}</h3>
      {children}
    </section>
  );
}

function Rows({ rows }: { rows: readonly (readonly [string, ReactNode] | null)[] }) {
  return (
    <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      {rows.flatMap((row) =>
        row
          ? [
              <div key={row[0]} className="contents">
                <dt className="text-muted">{row[0]}</dt>
                <dd className="truncate text-right">{row[1]}</dd>
              </div>,
            ]
          : [],
      )}
    </dl>
  );
}

function Visitor({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("conversation.context");
  const channels = useTranslations("dialogs.channel");
  const firstReply = useTranslations("dialogs.firstReply");
  const locale = useLocale();
  const { visitorUsername, visitorLocale, source } = dialog;
  return (
    <Section title="visitor">
      <VisitorName dialog={dialog} />
      <Rows
        rows={[
          visitorUsername && dialog.channel === "telegram"
            ? [
                t("username"),
                <a
                  key="username"
                  href={`https://t.me/${encodeURIComponent(visitorUsername)}`}
                  target="_blank"
                  rel="noreferrer"
                  className="rounded-sm text-accent-text underline underline-offset-3"
                >
                  @{visitorUsername}
                </a>,
              ]
            : null,
          visitorLocale ? [t("language"), languageName(visitorLocale, locale)] : null,
          [t("channel"), channels(dialog.channel)],
          source ? [t("source"), <bdi key="source">{source}</bdi>] : null,
          [t("started"), <TimeAgo key="started" at={dialog.createdAt} style="words" />],
          [firstReply("label"), <FirstReply key="reply" firstReply={dialog.firstReply} />],
        ]}
      />
      {!dialog.isReachable && (
        <p className="mt-2 rounded-md bg-warning-tint p-2 text-sm text-warning-text">{t("unreachable")}</p>
      )}
    </Section>
  );
}

function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

function Handoff({ dialogId, summary }: { dialogId: string; summary: string }) {
  const t = useTranslations("conversation.context");
  const reasons = useTranslations("handoff.reason");
  const episodes = trpc.handoff.episodes.useQuery({ dialogId });
  const last = episodes.data?.items.at(-1);
  if (!last) return null;
  return (
    <Section title="handoff">
      <p>
        {reasons(last.reason)} <TimeAgo at={last.beganAt} style="words" className="text-sm text-muted" />
      </p>
      {last.takenAt && last.takenByName && (
        <p className="text-sm text-muted">{t("takenBy", { name: last.takenByName })}</p>
      )}
      {summary !== "" && (
        <p
          dir="auto"
          className="mt-1 line-clamp-6 text-sm wrap-anywhere whitespace-pre-wrap text-text-2"
          title={summary}
        >
          {summary}
        </p>
      )}
    </Section>
  );
}

function Assistant({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("conversation.context");
  const workspace = useWorkspaceSlug();
  return (
    <Section title="assistant">
      <Link
        href={`/w/${workspace}/assistants/${dialog.assistantId}`}
        prefetch={false}
        className="rounded-sm text-accent-text underline underline-offset-3 wrap-anywhere"
      >
        {dialog.assistantName}
      </Link>
      {dialog.botUsername && <Rows rows={[[t("bot"), `@${dialog.botUsername}`]]} />}
    </Section>
  );
}

function Sources({ sources }: { sources: DialogContext["sources"] }) {
  const t = useTranslations("conversation.context");
  return (
    <Section title="sources">
      {sources.length === 0 ? (
        <p className="text-sm text-muted">{t("noSources")}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {sources.map(({ documentId, qaId, title, answers }) => {
            const Icon = qaId === null ? FileText : MessageCircleQuestion;
            return (
              <li key={`${documentId}:${qaId}:${title}`} className="flex min-w-0 items-center gap-2 text-sm">
                <Icon aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
                <span className="min-w-0 flex-1 truncate" title={title}>
                  {title}
                </span>
                <span className="shrink-0 text-xs text-muted">{t("usedTimes", { count: answers })}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

function Ratings({ rating, thumbs }: { rating: number | null; thumbs: DialogContext["thumbs"] }) {
  const t = useTranslations("conversation.context");
  const hasThumbs = thumbs.up + thumbs.down > 0;
  if (rating === null && !hasThumbs) return null;
  return (
    <Section title="rating">
      <p className="flex items-center gap-3">
        <Stars rating={rating} />
        {hasThumbs && (
          <span role="img" aria-label={t("thumbsOf", thumbs)} className="flex items-center gap-1 text-sm text-muted">
            <ThumbsUp aria-hidden className="size-3.5" strokeWidth={1.75} /> {thumbs.up}
            <ThumbsDown aria-hidden className="ml-1.5 size-3.5" strokeWidth={1.75} /> {thumbs.down}
          </span>
        )}
      </p>
    </Section>
  );
}

function Past({ past }: { past: DialogContext["past"] }) {
  const t = useTranslations("conversation.context");
  const channels = useTranslations("dialogs.channel");
  const workspace = useWorkspaceSlug();
  return (
    <Section title="history">
      {past.length === 0 ? (
        <p className="text-sm text-muted">{t("noHistory")}</p>
      ) : (
        <ul className="-mx-2 flex flex-col">
          {past.map(({ id, lastMessage, lastMessageAt, createdAt, rating, channel }) => (
            <li key={id}>
              <Link
                href={`/w/${workspace}/dialogs/${id}`}
                prefetch={false}
                className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm hover:bg-hover coarse:min-h-11"
              >
                <span dir="auto" className="min-w-0 flex-1 truncate">
                  {lastMessage || channels(channel)}
                </span>
                {rating !== null && (
                  <span className="flex shrink-0 items-center gap-0.5 text-xs text-muted">
                    <Star aria-hidden className="size-3 fill-current" /> {rating}
                  </span>
                )}
                <TimeAgo at={lastMessageAt ?? createdAt} className="shrink-0 text-xs text-muted" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Cost({ cost }: { cost: DialogContext["cost"] }) {
  const t = useTranslations("conversation.context");
  const { money } = useMoney();
  if (!cost || cost.answers === 0) return null;
  return (
    <Section title="cost">
      <p className="tabular-nums">
        {t("costOf", { amount: money(cost.micros, { style: "prose" }), count: cost.answers })}
      </p>
    </Section>
  );
}

const useWorkspaceSlug = () => usePathname().split("/")[2] ?? "";
