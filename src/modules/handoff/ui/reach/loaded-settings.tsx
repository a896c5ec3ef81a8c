"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { HandoffSettings } from "@/modules/handoff/hours/contract";
import { trpc } from "@/trpc/client";

/** The settings about reaching people, once they are here. */
export function LoadedSettings({ children }: { children: (settings: HandoffSettings) => ReactNode }) {
  const common = useTranslations("common.state");
  const settings = trpc.reach.get.useQuery();
  if (settings.isPending) return <SkeletonRows rows={8} label={common("loading")} />;
  if (settings.isError) {
    return (
      <ErrorState
        onRetry={() => void settings.refetch()}
        isRetrying={settings.isRefetching}
        requestId={settings.error.data?.requestId}
      />
    );
  }
  return children(settings.data);
}
