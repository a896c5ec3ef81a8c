"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import { withoutMarkdown } from "@/lib/text";
import { trpc } from "@/trpc/client";
import type { DocumentItem } from "../contract";
import { isWorking, pathAbove } from "../rules";
import { DocumentProgress } from "./document-progress";

/** What was read from a document, passage by passage, as the assistant quotes it. */
export function DocumentSheet({ document, onClose }: { document: DocumentItem | null; onClose: () => void }) {
  return (
    <Sheet open={document !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      {document !== null && (
        <SheetContent title={document.name}>
          <div className="flex flex-col gap-4">
            <DocumentFacts document={document} />
            {isWorking(document) ? <DocumentProgress document={document} /> : <Passages document={document} />}
          </div>
        </SheetContent>
      )}
    </Sheet>
  );
}

function DocumentFacts({ document }: { document: DocumentItem }) {
  const t = useTranslations("knowledge.facts");
  const locale = useLocale();
  const language =
    document.language === null ? undefined : new Intl.DisplayNames(locale, { type: "language" }).of(document.language);
  const facts = [
    document.pageCount === null ? undefined : t("pages", { count: document.pageCount }),
    document.status === "ready" ? t("passages", { count: document.chunkCount }) : undefined,
    language === undefined ? undefined : t("language", { language }),
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? null : <p className="text-sm text-text-2">{facts.join(" · ")}</p>;
}

function Passages({ document }: { document: DocumentItem }) {
  const t = useTranslations("knowledge");
  const passages = trpc.knowledge.passages.useInfiniteQuery(
    { id: document.id },
    { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
  );
  if (passages.isPending) return <SkeletonRows rows={6} label={t("passages.loading")} />;
  if (passages.isError) {
    return (
      <ErrorState
        requestId={passages.error.data?.requestId}
        isRetrying={passages.isFetching}
        onRetry={() => void passages.refetch()}
      />
    );
  }
  const items = passages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState
        title={t("passages.emptyTitle")}
        hint={document.error === null ? t("passages.emptyHint") : t(`failure.${document.error}`)}
      />
    );
  }
  return (
    <>
      <ol className="flex flex-col gap-3">
        {items.map((passage) => (
          <li key={passage.id} className="rounded-lg border bg-surface p-3">
            <p className="mb-1 flex flex-wrap justify-between gap-x-3 text-xs text-muted">
              <span className="min-w-0 wrap-anywhere">
                {pathAbove(passage) || t("passages.number", { number: passage.ordinal + 1 })}
              </span>
              {passage.page !== null && (
                <span className="tabular-nums">{t("passages.page", { page: passage.page })}</span>
              )}
            </p>
            <p className="whitespace-pre-wrap wrap-anywhere">{withoutMarkdown(passage.text)}</p>
          </li>
        ))}
      </ol>
      {passages.hasNextPage && (
        <Button busy={passages.isFetchingNextPage} onClick={() => void passages.fetchNextPage()}>
          {t("showMore")}
        </Button>
      )}
    </>
  );
}
