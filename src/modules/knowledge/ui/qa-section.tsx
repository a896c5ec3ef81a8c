"use client";

import { MessageCircleQuestion, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TextField } from "@/components/ui/text-field";
import { trpc } from "@/trpc/client";
import type { QaItem } from "../contract";
import { QaDialog } from "./lazy-parts";

// Below this many entries a search field is only furniture.
const searchFrom = 8;

export function QaSection({ assistantId, onAdd }: { assistantId: string; onAdd: () => void }) {
  const t = useTranslations("knowledge");
  const [words, setWords] = useState("");
  const search = useDeferredValue(words.trim());
  const [edited, setEdited] = useState<QaItem | null>(null);
  const [removed, setRemoved] = useState<QaItem | null>(null);
  const entries = trpc.knowledge.qa.list.useInfiniteQuery(
    { assistantId, search: search || undefined },
    { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, placeholderData: (previous) => previous },
  );
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="knowledge-qa" className="flex flex-col gap-3">
      <h2 id="knowledge-qa" className="text-md font-semibold">
        {t("qa.title")}
      </h2>
      {(items.length >= searchFrom || words !== "") && (
        <TextField
          label={t("qa.search")}
          hideLabel
          placeholder={t("qa.search")}
          type="search"
          value={words}
          onChange={({ target }) => setWords(target.value)}
          className="max-w-80"
        />
      )}
      {entries.isPending && <SkeletonRows rows={2} label={t("qa.loading")} />}
      {entries.isError && (
        <ErrorState
          requestId={entries.error.data?.requestId}
          isRetrying={entries.isFetching}
          onRetry={() => void entries.refetch()}
        />
      )}
      {entries.isSuccess && items.length === 0 && search === "" && (
        <EmptyState
          className="rounded-lg border border-dashed"
          icon={<MessageCircleQuestion />}
          title={t("qa.emptyTitle")}
          hint={t("qa.emptyHint")}
          action={<Button onClick={onAdd}>{t("add.qa")}</Button>}
        />
      )}
      {entries.isSuccess && items.length === 0 && search !== "" && (
        <EmptyState title={t("qa.nothing")} action={<Button onClick={() => setWords("")}>{t("qa.reset")}</Button>} />
      )}
      {items.length > 0 && (
        <ul className="divide-y rounded-lg border bg-raised">
          {items.map((entry) => (
            <li key={entry.id} className="flex items-start gap-2 py-2 pr-2 pl-4">
              <div className="min-w-0 flex-1">
                <p className="font-medium wrap-anywhere">{entry.question}</p>
                <p className="line-clamp-3 whitespace-pre-wrap wrap-anywhere text-text-2">{entry.answer}</p>
              </div>
              <IconButton label={t("qa.edit", { question: entry.question })} onClick={() => setEdited(entry)}>
                <Pencil aria-hidden />
              </IconButton>
              <IconButton label={t("qa.remove", { question: entry.question })} onClick={() => setRemoved(entry)}>
                <Trash2 aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {entries.hasNextPage && (
        <Button busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()} className="self-start">
          {t("showMore")}
        </Button>
      )}
      {edited !== null && (
        <QaDialog assistantId={assistantId} entry={edited} open onOpenChange={(isOpen) => !isOpen && setEdited(null)} />
      )}
      {removed !== null && <RemoveQa entry={removed} onClose={() => setRemoved(null)} />}
    </section>
  );
}

function RemoveQa({ entry, onClose }: { entry: QaItem; onClose: () => void }) {
  const t = useTranslations("knowledge");
  const { knowledge } = trpc.useUtils();
  const remove = trpc.knowledge.qa.remove.useMutation({
    onSuccess: async () => {
      await knowledge.qa.list.invalidate();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("qa.removeTitle")}
      consequences={[t("qa.removeConsequence", { question: entry.question })]}
      action={t("menu.remove")}
      busy={remove.isPending}
      error={remove.isError ? t("toast.removeFailed") : undefined}
      onConfirm={() => remove.mutate({ id: entry.id })}
    />
  );
}
