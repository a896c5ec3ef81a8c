"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { TextareaField } from "@/components/ui/text-field";
import { useErrorText } from "@/components/use-error-text";
import type { DetectorCheck } from "@/modules/handoff/contract";
import { trpc } from "@/trpc/client";

const QUIET_MS = 250;

/** Shows while somebody types what the detector would make of the words. Nothing is charged and nobody is called. */
export function DetectorTester({ assistantId, isOn }: { assistantId: string; isOn: boolean }) {
  const t = useTranslations("reach.tester");
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const text = useQuiet(typed.trim(), QUIET_MS);
  const check = trpc.handoff.check.useQuery(
    { assistantId, text },
    { enabled: text !== "", placeholderData: keepPreviousData, staleTime: 60_000 },
  );
  return (
    <div className="flex flex-col gap-3 rounded-lg bg-sunken p-4">
      <TextareaField
        label={t("label")}
        help={t("help")}
        placeholder={t("placeholder")}
        rows={2}
        maxLength={2_000}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div aria-live="polite">
        {text !== "" && check.isError && <p className="text-danger-text">{errorText(check.error)}</p>}
        {text !== "" && check.data && <Verdict check={check.data} isOn={isOn} />}
      </div>
    </div>
  );
}

function Verdict({ check, isOn }: { check: DetectorCheck; isOn: boolean }) {
  const t = useTranslations("reach.tester");
  const { score, threshold, fires, matches, excluded } = check;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={fires && isOn ? "accent" : "neutral"}>{t(fires ? (isOn ? "passes" : "off") : "stays")}</Badge>
        <span className="tabular-nums text-text-2">{t("score", { score, threshold })}</span>
      </p>
      <div aria-hidden className="relative h-1.5 rounded-full bg-hover">
        <div className="h-full rounded-full bg-accent" style={{ width: `${score * 100}%` }} />
        <div className="absolute inset-y-[-3px] w-px bg-text" style={{ left: `${threshold * 100}%` }} />
      </div>
      {matches.length > 0 && (
        <Rules title={t("matched")} rules={matches.map(({ rule, words, weight }) => ({ rule, words, weight }))} />
      )}
      {excluded.length > 0 && <Rules title={t("excluded")} rules={excluded} />}
      {matches.length === 0 && excluded.length === 0 && <p className="text-muted">{t("nothing")}</p>}
    </div>
  );
}

type RulesProps = { title: string; rules: readonly { rule: string; words: string; weight?: number }[] };

function Rules({ title, rules }: RulesProps) {
  const t = useTranslations("reach.tester");
  return (
    <div>
      <p className="mb-1 text-sm text-muted">{title}</p>
      <ul className="flex flex-col gap-1">
        {rules.map(({ rule, words, weight }) => (
          <li key={`${rule}:${words}`} className="flex min-w-0 flex-wrap items-baseline gap-x-3">
            <code className="font-mono text-sm">{rule}</code>
            <span className="min-w-0 wrap-anywhere">{t("words", { words })}</span>
            {weight !== undefined && <span className="text-sm tabular-nums text-muted">+{weight}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function useQuiet(value: string, quietMs: number): string {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), quietMs);
    return () => clearTimeout(timer);
  }, [value, quietMs]);
  return quiet;
}
