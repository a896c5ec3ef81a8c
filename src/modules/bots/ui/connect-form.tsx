"use client";

import { Bot as BotIcon, Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { TextField } from "@/components/ui/text-field";
import { TOKEN_PATTERN } from "@/modules/bots/limits";
import { trpc } from "@/trpc/client";
import { useBotFailure } from "./bot-failure";

const ASK_AFTER_MS = 300;

type ConnectFormProps = {
  assistantId: string;
  /** The bot that is connected now: a token of its own renews it, one of another bot takes its place. */
  current?: { id: string; username: string };
  onConnected: () => void;
  onCancel?: () => void;
};

/** Paste a token, see whose it is, connect. The token leaves the field only to our own server. */
export function ConnectForm({ assistantId, current, onConnected, onCancel }: ConnectFormProps) {
  const t = useTranslations("bots.card");
  const common = useTranslations("common.action");
  const failure = useBotFailure();
  const [token, setToken] = useState("");
  const [isTouched, setIsTouched] = useState(false);
  const utils = trpc.useUtils();
  const found = trpc.bots.identify.useMutation();
  const connect = trpc.bots.connect.useMutation({
    onSuccess: async () => {
      await utils.bots.invalidate();
      onConnected();
    },
  });

  const typed = token.trim();
  const isWellFormed = TOKEN_PATTERN.test(typed);
  const { mutate: identify, reset } = found;
  useEffect(() => {
    reset();
    if (!isWellFormed) return;
    const timer = setTimeout(() => identify({ token: typed }), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, isWellFormed, identify, reset]);

  const isFormatWrong = isTouched && typed !== "" && !isWellFormed;
  const refused = connect.error ?? found.error;
  const error = isFormatWrong ? t("formatWrong") : refused ? failure(refused) : undefined;
  // What is replaced has to be seen before it is confirmed.
  const mayConnect = isWellFormed && (current === undefined || found.data !== undefined);
  const isOther = current !== undefined && found.data !== undefined && found.data.username !== current.username;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTouched(true);
    if (mayConnect && !connect.isPending) connect.mutate({ assistantId, token: typed, replacesBotId: current?.id });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t("token")}
        help={t("tokenHelp")}
        error={error}
        aside={isWellFormed && <FormatOk label={t("formatOk")} />}
        value={token}
        placeholder={t("tokenPlaceholder")}
        className="[&_input]:font-mono"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        required
        onBlur={() => setIsTouched(true)}
        onChange={(event) => {
          connect.reset();
          setToken(event.target.value);
        }}
      />
      <div aria-live="polite" className="flex min-h-10 flex-wrap items-center justify-between gap-3">
        <Found isAsking={found.isPending} bot={found.data} />
        {isOther && (
          <p className="basis-full text-sm text-warning-text">{t("replacesOther", { username: current.username })}</p>
        )}
        <div className="ml-auto flex gap-2">
          {onCancel && <Button onClick={onCancel}>{common("cancel")}</Button>}
          <Button type="submit" variant="solid" busy={connect.isPending} disabled={!mayConnect}>
            {t("connect")}
          </Button>
        </div>
      </div>
    </form>
  );
}

function FormatOk({ label }: { label: string }) {
  return (
    <span className="flex items-center gap-1 text-xs text-success-text">
      <Check aria-hidden className="size-3.5" /> {label}
    </span>
  );
}

function Found({ isAsking, bot }: { isAsking: boolean; bot: { name: string; username: string } | undefined }) {
  const t = useTranslations("bots.card");
  if (isAsking) {
    return (
      <p className="flex items-center gap-2 text-sm text-muted">
        <Spinner /> {t("checking")}
      </p>
    );
  }
  if (!bot) return null;
  return (
    <p className="flex min-w-0 items-center gap-2">
      <span
        aria-hidden
        className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-tint text-accent-text"
      >
        <BotIcon className="size-4" strokeWidth={1.75} />
      </span>
      <span className="min-w-0 wrap-anywhere">
        <span className="font-medium">{bot.name}</span> <span className="text-muted">@{bot.username}</span>
      </span>
    </p>
  );
}
