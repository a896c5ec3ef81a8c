"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { authClient } from "./auth-client";
import { useAuthWords } from "./use-auth-words";

/** A new code, at a pace that the server sets. */
export function ResendCode({ email }: { email: () => string }) {
  const words = useAuthWords();
  const { t } = words;
  const [secondsLeft, setSecondsLeft] = useState(0);
  const [isBusy, setIsBusy] = useState(false);
  const [news, setNews] = useState<{ isFailure: boolean; text: string }>();
  useEffect(() => {
    if (secondsLeft === 0) return;
    const timer = setTimeout(() => setSecondsLeft(secondsLeft - 1), 1000);
    return () => clearTimeout(timer);
  }, [secondsLeft]);

  const resend = async () => {
    setIsBusy(true);
    try {
      const { emailInput } = await import("../contract");
      const input = emailInput.safeParse({ email: email() });
      if (!input.success) return setNews({ isFailure: true, text: t("field.email") });
      const { nextInSeconds } = await authClient.auth.resendCode.mutate(input.data);
      setSecondsLeft(nextInSeconds);
      setNews({ isFailure: false, text: t("verify.sent") });
    } catch (error) {
      setNews({ isFailure: true, text: words.failure(error) });
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <div className="flex flex-col items-center gap-1">
      <Button variant="ghost" busy={isBusy} disabled={secondsLeft > 0} onClick={() => void resend()}>
        <span className="tabular-nums">
          {secondsLeft > 0 ? t("verify.resendIn", { seconds: secondsLeft }) : t("verify.resend")}
        </span>
      </Button>
      <p role="status" className={`text-sm ${news?.isFailure ? "text-danger-text" : "text-muted"}`}>
        {news?.text}
      </p>
    </div>
  );
}
