"use client";

import { Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useDeferredValue, useState } from "react";
import { onDemand } from "@/components/on-demand";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SelectField } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, TableBody, TableHead, TableHeaderCell } from "@/components/ui/table";
import { TextField } from "@/components/ui/text-field";
import { useWasOnce } from "@/components/ui/use-was-once";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";
import { EMAIL_STATUS_LIST } from "../limits";
import { OutboxRow } from "./outbox-row";

const LetterDialog = onDemand(async () => ({ default: (await import("./letter-dialog")).LetterDialog }));

/** Every letter of the installation; without a mail service this is where codes and links are found. */
export function Outbox() {
  const t = useTranslations("email.outbox");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const [status, setStatus] = useQueryState("status", parseAsStringLiteral(EMAIL_STATUS_LIST));
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault("").withOptions({ throttleMs: 300 }));
  const [openId, setOpenId] = useState<string>();
  const wasOpen = useWasOnce(openId !== undefined);
  const filter = { status: status ?? undefined, search: useDeferredValue(search) || undefined };
  const letters = trpc.admin.mail.list.useInfiniteQuery(filter, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (kept) => kept,
  });
  const items = letters.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = status !== null || search !== "";
  const reset = () => {
    void setStatus(null);
    void setSearch(null);
  };

  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-[68ch] text-text-2">{t("lead")}</p>
      <div className="flex flex-wrap gap-3">
        <TextField
          label={t("search")}
          type="search"
          className="w-full sm:w-64"
          value={search}
          onChange={(event) => void setSearch(event.target.value || null)}
        />
        <SelectField
          label={t("status")}
          className="w-full sm:w-48"
          value={status ?? ""}
          onChange={(event) => void setStatus(EMAIL_STATUS_LIST.find((one) => one === event.target.value) ?? null)}
          options={[{ value: "", label: t("all") }, ...EMAIL_STATUS_LIST.map((one) => ({ value: one, label: t(one) }))]}
        />
      </div>
      {letters.isPending && <SkeletonRows label={common("state.loading")} />}
      {letters.isError && <ErrorState cause={errorText(letters.error)} onRetry={() => void letters.refetch()} />}
      {letters.isSuccess && items.length === 0 && (
        <EmptyState
          icon={<Mail />}
          title={isFiltered ? common("state.nothingMatches") : t("empty")}
          hint={isFiltered ? undefined : t("emptyHint")}
          action={isFiltered && <Button onClick={reset}>{common("action.resetFilters")}</Button>}
        />
      )}
      {items.length > 0 && (
        <Table>
          <TableHead>
            <tr>
              {(["to", "letter", "status", "created", "attempts"] as const).map((column) => (
                <TableHeaderCell
                  key={column}
                  align={column === "attempts" ? "end" : "start"}
                  className={column === "to" || column === "created" ? undefined : "max-sm:hidden"}
                >
                  {t(column)}
                </TableHeaderCell>
              ))}
            </tr>
          </TableHead>
          <TableBody>
            {items.map((email) => (
              <OutboxRow key={email.id} email={email} onOpen={() => setOpenId(email.id)} />
            ))}
          </TableBody>
        </Table>
      )}
      {letters.hasNextPage && (
        <Button className="self-center" busy={letters.isFetchingNextPage} onClick={() => void letters.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {wasOpen && <LetterDialog id={openId} onClose={() => setOpenId(undefined)} />}
    </div>
  );
}
