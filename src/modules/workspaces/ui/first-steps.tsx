import { ArrowRight, CircleCheck, Circle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { SectionCard } from "@/components/ui/card";

export type FirstStep = { key: "assistant" | "document" | "channel" | "dialog"; isDone: boolean; href: string };

/** What is left until the first answered question, each step ticked by what really exists. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const t = useTranslations("workspaces.overview");
  const done = steps.filter((step) => step.isDone).length;
  const next = steps.find((step) => !step.isDone);
  return (
    <SectionCard
      title={t("start")}
      description={t("lead")}
      action={<span className="text-sm text-muted tabular-nums">{t("done", { done, all: steps.length })}</span>}
    >
      <ol className="divide-y">
        {steps.map(({ key, isDone, href }) => (
          <li key={key} className="relative flex items-center gap-3 py-3 has-[a]:hover:bg-hover">
            {isDone ? (
              <CircleCheck aria-label={t("isDone")} className="size-5 shrink-0 text-success-text" strokeWidth={1.75} />
            ) : (
              <Circle aria-hidden className="size-5 shrink-0 text-muted" strokeWidth={1.75} />
            )}
            <div className="min-w-0 flex-1">
              {isDone ? (
                <p className="text-text-2">{t(key)}</p>
              ) : (
                <Link href={href} className="font-medium after:absolute after:inset-0 after:rounded-md">
                  {t(key)}
                </Link>
              )}
              {!isDone && <p className="text-sm text-muted">{t(`${key}Hint`)}</p>}
            </div>
            {key === next?.key && (
              <ArrowRight aria-hidden className="size-4 shrink-0 text-accent-text" strokeWidth={1.75} />
            )}
          </li>
        ))}
      </ol>
    </SectionCard>
  );
}
