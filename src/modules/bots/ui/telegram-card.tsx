"use client";

import { useTranslations } from "next-intl";
import { SectionCard } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { trpc } from "@/trpc/client";
import { ConnectedBot } from "./connected-bot";
import { ConnectForm } from "./connect-form";

const REFRESH_MS = 60_000;

type TelegramCardProps = { assistantId: string; /** Operators see the bot and change nothing. */ mayManage?: boolean };

/** The assistant's Telegram channel: connect a bot by its token, or see how the connected one is. */
export function TelegramCard({ assistantId, mayManage = true }: TelegramCardProps) {
  const t = useTranslations("bots.card");
  return (
    <SectionCard title={t("title")} description={t("description")}>
      <Channel assistantId={assistantId} mayManage={mayManage} />
    </SectionCard>
  );
}

function Channel({ assistantId, mayManage }: { assistantId: string; mayManage: boolean }) {
  const t = useTranslations("bots.card");
  const common = useTranslations("common.state");
  // The doctor's visits announce only a change; their time and the queue are read along.
  const bots = trpc.bots.list.useQuery({ assistantId }, { refetchInterval: REFRESH_MS });
  if (bots.isPending) return <SkeletonRows rows={2} label={common("loading")} />;
  if (bots.isError) {
    const { data } = bots.error;
    return (
      <ErrorState onRetry={() => void bots.refetch()} isRetrying={bots.isRefetching} requestId={data?.requestId} />
    );
  }
  if (bots.data.items.length > 0)
    return bots.data.items.map((bot) => <ConnectedBot key={bot.id} bot={bot} mayManage={mayManage} />);
  if (!mayManage) return <p className="text-text-2">{t("managersOnly")}</p>;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-text-2">{t("howTo")}</p>
      <ConnectForm assistantId={assistantId} onConnected={() => undefined} />
    </div>
  );
}
