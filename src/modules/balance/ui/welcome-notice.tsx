"use client";

import { Gift } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMoney } from "@/components/money";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";

type WelcomeNoticeProps = {
  amountMicros: number;
  /** Null while answers are free or not offered. */
  answerMicros: number | null;
  /** The cookie that remembers that this person has read it; the server reads it too, so that nothing jumps. */
  cookie: string;
};

/** Says once that the welcome bonus has arrived and what it buys. */
export function WelcomeNotice({ amountMicros, answerMicros, cookie }: WelcomeNoticeProps) {
  const t = useTranslations("shell.balance.bonus");
  const { money, balanceHref } = useMoney();
  const [isRead, setIsRead] = useState(false);
  if (isRead) return null;
  const amount = money(amountMicros, { style: "prose" });
  const dismiss = () => {
    document.cookie = `${cookie}=1; path=/; max-age=31536000; samesite=lax`;
    setIsRead(true);
  };
  return (
    <section aria-label={t("label")} className="flex flex-wrap items-center gap-3 rounded-lg bg-success-tint px-4 py-3">
      <Gift aria-hidden className="size-5 shrink-0 text-success-text" strokeWidth={1.75} />
      <div className="min-w-0 flex-1 basis-56">
        <h2 className="text-base text-success-text">
          {answerMicros
            ? t("title", { amount, answers: Math.floor(amountMicros / answerMicros) })
            : t("titleFree", { amount })}
        </h2>
        {answerMicros !== null && (
          <p className="text-text-2">{t("body", { price: money(answerMicros, { style: "prose" }) })}</p>
        )}
      </div>
      {balanceHref !== null && (
        <LinkButton href={balanceHref} size="sm">
          {t("open")}
        </LinkButton>
      )}
      <Button size="sm" variant="ghost" onClick={dismiss}>
        {t("dismiss")}
      </Button>
    </section>
  );
}
