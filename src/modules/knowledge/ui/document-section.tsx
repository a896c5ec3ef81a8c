"use client";

import { Library } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, TableBody, TableHead, TableHeaderCell } from "@/components/ui/table";
import { useWasOnce } from "@/components/ui/use-was-once";
import { trpc } from "@/trpc/client";
import type { DocumentItem } from "../contract";
import { knowledgeLimits } from "../limits";
import { isWorking } from "../rules";
import { DocumentPrice } from "./document-price";
import { DocumentRow } from "./document-row";
import { DocumentSheet, RemoveDocumentDialog, UploadRow } from "./lazy-parts";
import { SHOWN_TYPES } from "./upload-queue";
import type { useUploads } from "./use-uploads";

// Hints move the bars; asking now and then covers a hint that never came.
const refetchWorkingMs = 4_000;

type DocumentSectionProps = {
  assistantId: string;
  uploads: ReturnType<typeof useUploads>;
  askHref?: string;
  onPick: () => void;
};

export function DocumentSection({ assistantId, uploads, askHref, onPick }: DocumentSectionProps) {
  const t = useTranslations("knowledge");
  const [shown, setShown] = useState<DocumentItem | null>(null);
  const [removed, setRemoved] = useState<DocumentItem | null>(null);
  const hasShown = useWasOnce(shown !== null);
  const documents = trpc.knowledge.documents.useInfiniteQuery(
    { assistantId, limit: knowledgeLimits.documentsPage },
    {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      refetchInterval: ({ state }) =>
        state.data?.pages.some((page) => page.items.some(isWorking)) ? refetchWorkingMs : false,
    },
  );
  const items = documents.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = documents.isSuccess && items.length === 0 && uploads.items.length === 0;
  return (
    <section aria-labelledby="knowledge-documents" className="@container flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="knowledge-documents" className="text-md font-semibold">
          {t("documents.title")}
        </h2>
        <DocumentPrice />
      </div>
      {documents.isPending && uploads.items.length === 0 && <SkeletonRows rows={4} label={t("documents.loading")} />}
      {documents.isError && (
        <ErrorState
          requestId={documents.error.data?.requestId}
          isRetrying={documents.isFetching}
          onRetry={() => void documents.refetch()}
        />
      )}
      {isEmpty && (
        <EmptyState
          className="rounded-lg border border-dashed"
          icon={<Library />}
          title={t("documents.emptyTitle")}
          hint={t("documents.emptyHint", { types: SHOWN_TYPES.join(", ").toUpperCase() })}
          action={<Button onClick={onPick}>{t("add.files")}</Button>}
        />
      )}
      {items.length + uploads.items.length > 0 && (
        <Table aria-labelledby="knowledge-documents" className="table-fixed max-sm:block">
          <TableHead className="max-sm:sr-only">
            <tr>
              <TableHeaderCell>{t("column.name")}</TableHeaderCell>
              <TableHeaderCell className="w-44 @3xl:w-64">{t("column.status")}</TableHeaderCell>
              <TableHeaderCell align="end" className="w-28 @max-3xl:hidden">
                {t("column.passages")}
              </TableHeaderCell>
              <TableHeaderCell className="w-32 @max-3xl:hidden">{t("column.updated")}</TableHeaderCell>
              <TableHeaderCell className="w-14">
                <span className="sr-only">{t("column.actions")}</span>
              </TableHeaderCell>
            </tr>
          </TableHead>
          <TableBody className="max-sm:block">
            {uploads.items.map((item) => (
              <UploadRow key={item.key} item={item} queue={uploads.queue} />
            ))}
            {items.map((document) => (
              <DocumentRow
                key={document.id}
                document={document}
                askHref={askHref}
                onOpen={() => setShown(document)}
                onRemove={() => setRemoved(document)}
                onPick={onPick}
              />
            ))}
          </TableBody>
        </Table>
      )}
      {documents.hasNextPage && (
        <Button
          busy={documents.isFetchingNextPage}
          onClick={() => void documents.fetchNextPage()}
          className="self-start"
        >
          {t("showMore")}
        </Button>
      )}
      {hasShown && <DocumentSheet document={shown} onClose={() => setShown(null)} />}
      {removed !== null && <RemoveDocumentDialog document={removed} onClose={() => setRemoved(null)} />}
    </section>
  );
}
