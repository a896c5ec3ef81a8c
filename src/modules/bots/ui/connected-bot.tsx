"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { BotStatus } from "@/db/enums";
import type { Bot } from "@/modules/bots/contract";
import { DisconnectButton, PauseButton } from "./bot-controls";
import { ConnectForm } from "./connect-form";

// The server draws it, and its script follows.
const BotDoctor = lazy(async () => ({ default: (await import("./bot-doctor")).BotDoctor }));

const TONE: Record<BotStatus, Tone> = {
  starting: "info",
  online: "success",
  offline: "warning",
  error: "danger",
  invalid_token: "danger",
};

type ConnectedBotProps = { bot: Bot; mayManage: boolean };

/** A connected bot: whether it works, what is wrong, and proof by a real message. */
export function ConnectedBot({ bot, mayManage }: ConnectedBotProps) {
  const t = useTranslations("bots");
  const [isReplacing, setIsReplacing] = useState(false);
  const address = `https://t.me/${bot.username}`;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium wrap-anywhere">{bot.name}</span>
            {bot.isPaused ? (
              <StatusPill tone="neutral">{t("status.paused")}</StatusPill>
            ) : (
              <StatusPill tone={TONE[bot.status]} pulse={bot.status === "starting"}>
                {t(`status.${bot.status}`)}
              </StatusPill>
            )}
          </p>
          <p className="mt-0.5 text-sm text-muted">
            @{bot.username} · {t("card.tokenEnds", { last4: bot.tokenLast4 })}
          </p>
        </div>
        <LinkButton href={address} target="_blank" rel="noreferrer" icon={<ExternalLink aria-hidden />}>
          {t("card.openBot", { username: bot.username })}
        </LinkButton>
      </div>
      {bot.lastError && (
        <p role="alert" className="rounded-md bg-danger-tint px-3 py-2 text-danger-text">
          {t(`fault.${bot.lastError}`)}
        </p>
      )}
      {bot.isPaused ? <p className="text-sm text-text-2">{t("card.paused")}</p> : <Proof bot={bot} />}
      <Pending bot={bot} />
      {isReplacing ? (
        <ConnectForm
          assistantId={bot.assistantId}
          current={bot}
          onConnected={() => setIsReplacing(false)}
          onCancel={() => setIsReplacing(false)}
        />
      ) : (
        mayManage && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setIsReplacing(true)}>{t("card.replaceToken")}</Button>
            <PauseButton bot={bot} />
            <DisconnectButton bot={bot} />
          </div>
        )
      )}
      {!bot.isPaused && (
        <Suspense>
          <BotDoctor bot={bot} mayManage={mayManage} />
        </Suspense>
      )}
    </div>
  );
}

/** Connected is only a claim until a message has come through. */
function Proof({ bot }: { bot: Bot }) {
  const t = useTranslations("bots");
  return (
    <p aria-live="polite" className="text-sm text-text-2">
      {bot.lastUpdateAt === null ? (
        t("proof.waiting", { username: bot.username })
      ) : (
        <>
          <span className="font-medium text-success-text">{t("proof.received")}</span>
          {" · "}
          <TimeAgo at={bot.lastUpdateAt} style="words" />
        </>
      )}
    </p>
  );
}

/** How many messages wait at Telegram, as the doctor last saw it. */
function Pending({ bot }: { bot: Bot }) {
  const t = useTranslations("bots.card");
  if (bot.isPaused || !bot.pendingUpdates) return null;
  return <p className="text-sm text-text-2">{t("pending", { count: bot.pendingUpdates })}</p>;
}
