"use client";

import { Bot, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { trpc } from "@/trpc/client";
import { AssistantCard } from "./assistant-card";
import { onDemand } from "@/components/on-demand";

const NewAssistantDialog = onDemand(async () => ({
  default: (await import("./new-assistant-dialog")).NewAssistantDialog,
}));

type AssistantListProps = { baseHref: string; mayEdit: boolean };

/** All assistants of the workspace as cards, and the way to a new one. */
export function AssistantList({ baseHref, mayEdit }: AssistantListProps) {
  const t = useTranslations("assistants.list");
  const [isCreating, setIsCreating] = useState(false);
  const create = (variant: "solid" | "soft") => (
    <Button variant={variant} icon={<Plus aria-hidden />} onClick={() => setIsCreating(true)}>
      {t("create")}
    </Button>
  );
  const assistants = trpc.assistants.list.useQuery({});
  const isEmpty = assistants.data?.items.length === 0;
  return (
    <Page title={t("title")} action={mayEdit && !isEmpty && create("solid")}>
      {assistants.isPending ? (
        <CardGrid>
          {[1, 2, 3].map((card) => (
            <Skeleton key={card} className="h-36" />
          ))}
        </CardGrid>
      ) : assistants.isError ? (
        <ErrorState
          onRetry={() => void assistants.refetch()}
          isRetrying={assistants.isRefetching}
          requestId={assistants.error.data?.requestId}
        />
      ) : isEmpty ? (
        <EmptyState icon={<Bot />} title={t("empty")} hint={t("emptyHint")} action={mayEdit && create("solid")} />
      ) : (
        <CardGrid>
          {assistants.data.items.map((assistant) => (
            <AssistantCard key={assistant.id} assistant={assistant} href={`${baseHref}/${assistant.id}/behaviour`} />
          ))}
        </CardGrid>
      )}
      {isCreating && <NewAssistantDialog open onOpenChange={setIsCreating} baseHref={baseHref} />}
    </Page>
  );
}

function CardGrid({ children }: { children: React.ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">{children}</div>;
}
