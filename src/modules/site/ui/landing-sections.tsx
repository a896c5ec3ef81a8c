import { FileUp, MessagesSquare, Plus, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";

export function Section({
  id,
  title,
  className,
  children,
}: {
  id?: string;
  title: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section id={id} className={cn("mx-auto w-full max-w-6xl px-4 py-12 sm:px-6 md:py-16", className)}>
      <h2 className="font-display text-2xl">{title}</h2>
      {children}
    </section>
  );
}

const steps = [
  { key: "upload", Icon: FileUp },
  { key: "ask", Icon: MessagesSquare },
  { key: "connect", Icon: Send },
] as const;

export function HowItWorks() {
  const t = useTranslations("site.how");
  return (
    <Section id="how" title={t("title")}>
      <ol className="mt-8 grid gap-8 md:grid-cols-3">
        {steps.map(({ key, Icon }, index) => (
          <li key={key}>
            <p aria-hidden className="flex items-center gap-2 text-muted">
              <span className="font-display text-2xl tabular-nums">{index + 1}</span>
              <Icon className="size-5" strokeWidth={1.75} />
            </p>
            <h3 className="mt-2 text-lg">{t(`${key}.title`)}</h3>
            <p className="mt-1 max-w-[68ch] text-lg text-text-2 text-pretty">{t(`${key}.text`)}</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

const priceLines = ["free", "builtIn", "own"] as const;

export function WhatItCosts() {
  const t = useTranslations("site.price");
  return (
    <Section title={t("title")}>
      <dl className="mt-8 grid gap-8 md:grid-cols-3">
        {priceLines.map((line) => (
          <div key={line}>
            <dt className="text-lg font-semibold tracking-title">{t(`${line}.title`)}</dt>
            <dd className="mt-1 text-lg text-text-2 text-pretty">{t(`${line}.text`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

const questions = ["noAnswer", "citations", "key", "data", "languages", "person", "website"] as const;

export function Faq() {
  const t = useTranslations("site.faq");
  return (
    <Section title={t("title")}>
      <div className="mt-6 max-w-3xl divide-y border-y">
        {questions.map((item) => (
          <details key={item} className="group">
            <summary className="touch-target flex list-none items-center justify-between gap-4 py-3 text-lg font-medium">
              {t(`items.${item}.question`)}
              <Plus aria-hidden className="size-5 shrink-0 text-muted group-open:rotate-45" strokeWidth={1.75} />
            </summary>
            <p className="max-w-[68ch] pb-4 text-lg text-text-2 text-pretty">{t(`items.${item}.answer`)}</p>
          </details>
        ))}
      </div>
    </Section>
  );
}
