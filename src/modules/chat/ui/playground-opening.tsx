"use client";

import { useTranslations } from "next-intl";
import { useMoney } from "@/components/money";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/client";
import type { PlaygroundAssistant } from "./playground-frame";
import { PlaygroundGreeting } from "./playground-greeting";

/** What stands in a playground before the first question. */
export function Opening({ assistant, onAsk }: { assistant: PlaygroundAssistant; onAsk: (text: string) => void }) {
  return (
    <div className="flex flex-col items-start gap-3 py-4">
      <PlaygroundGreeting greeting={assistant.greeting} />
      <ul className="flex flex-wrap gap-2">
        {assistant.starters.map((starter) => (
          <li key={starter}>
            <Button
              className="h-auto min-h-8 py-1.5 text-left whitespace-normal"
              disabled={!assistant.isActive}
              onClick={() => onAsk(starter)}
            >
              {starter}
            </Button>
          </li>
        ))}
      </ul>
      <AnswerPrice />
    </div>
  );
}

/** The price before the first question, for those who pay it. */
function AnswerPrice() {
  const t = useTranslations("chat.playground");
  const { money, balanceHref } = useMoney();
  const prices = trpc.balance.prices.useQuery(undefined, { enabled: balanceHref !== null });
  const micros = prices.data?.items.find(({ service }) => service === "answer_preview")?.priceMicros;
  if (micros === undefined || micros === 0) return null;
  return <p className="text-sm text-muted">{t("price", { amount: money(micros, { style: "prose" }) })}</p>;
}
