"use client";

import { Pause, Play, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Bot } from "@/modules/bots/contract";
import { trpc } from "@/trpc/client";
import { useBotFailure } from "./bot-failure";

/** Silences a bot for a while, or lets it work again; both at once, because each undoes the other. */
export function PauseButton({ bot }: { bot: Bot }) {
  const t = useTranslations("bots.card");
  const failure = useBotFailure();
  const utils = trpc.useUtils();
  const options = { onSuccess: () => utils.bots.invalidate() };
  const pause = trpc.bots.pause.useMutation(options);
  const resume = trpc.bots.resume.useMutation(options);
  const { mutate, isPending, error } = bot.isPaused ? resume : pause;
  return (
    <>
      <Button
        variant={bot.isPaused ? "solid" : "soft"}
        icon={bot.isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        busy={isPending}
        onClick={() => mutate({ id: bot.id })}
      >
        {t(bot.isPaused ? "resume" : "pause")}
      </Button>
      {error && (
        <p role="alert" className="basis-full text-sm text-danger-text">
          {failure(error)}
        </p>
      )}
    </>
  );
}

export function DisconnectButton({ bot }: { bot: Bot }) {
  const t = useTranslations("bots");
  const failure = useBotFailure();
  const [isAsking, setIsAsking] = useState(false);
  const utils = trpc.useUtils();
  const disconnect = trpc.bots.disconnect.useMutation({
    onSuccess: async () => {
      setIsAsking(false);
      await utils.bots.invalidate();
    },
  });
  return (
    <>
      <Button variant="danger-ghost" icon={<Unplug aria-hidden />} onClick={() => setIsAsking(true)}>
        {t("card.disconnect")}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={t("confirm.title", { username: bot.username })}
        consequences={[t("confirm.silent"), t("confirm.kept"), t("confirm.forgotten")]}
        action={t("confirm.action")}
        busy={disconnect.isPending}
        error={disconnect.error ? failure(disconnect.error) : undefined}
        onConfirm={() => disconnect.mutate({ id: bot.id })}
      />
    </>
  );
}
