"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLiveHints } from "@/components/live-hints";
import {
  type Act,
  actTimes,
  afterAct,
  type Company,
  nextExpiryMs,
  nobody,
  toAct,
  withoutExpired,
} from "@/modules/handoff/company/rules";
import type { Holder } from "@/modules/handoff/contract";
import { trpc } from "@/trpc/client";

/** Colleagues who look at the dialog, and those of them who type in it. Never the person itself. Tells them of this tab as well. */
export function useCompany(dialogId: string): { viewers: Holder[]; typing: Holder[] } {
  const [seen, setSeen] = useState<{ dialogId: string; company: Company }>({ dialogId, company: nobody });
  const company = seen.dialogId === dialogId ? seen.company : nobody;
  const sayHere = useViewingReport(dialogId);

  useLiveHints((hint) => {
    const signal = toAct(hint);
    if (signal?.dialogId !== dialogId) return;
    // Who came this moment has heard of nobody yet.
    if (!signal.isOver && !(signal.userId in company.viewing)) sayHere();
    const nowMs = Date.now();
    // Of the state as it is then: two hints of one moment must not undo each other.
    setSeen((last) => ({
      dialogId,
      company: afterAct(last.dialogId === dialogId ? last.company : nobody, signal, nowMs),
    }));
  });

  const expiresAtMs = nextExpiryMs(company);
  useEffect(() => {
    if (expiresAtMs === null) return;
    const expire = () => setSeen((last) => ({ ...last, company: withoutExpired(last.company, Date.now()) }));
    const timer = setTimeout(expire, Math.max(0, expiresAtMs - Date.now()));
    return () => clearTimeout(timer);
  }, [expiresAtMs]);

  const team = trpc.handoff.operators.useQuery(undefined, { enabled: expiresAtMs !== null, staleTime: 60_000 });
  const people = team.data?.items;
  return useMemo(() => {
    const named = (act: Act): Holder[] =>
      (people ?? []).filter(({ userId }) => userId in company[act]).map(({ userId, name }) => ({ userId, name }));
    return { viewers: named("viewing"), typing: named("typing") };
  }, [company, people]);
}

/** Says that this person types in the dialog. Call it at each key; silence or `false` ends it for the colleagues. */
export function useTypingReport(dialogId: string): (isTyping: boolean) => void {
  const report = useReport();
  const saidAtMs = useRef(0);
  const say = useCallback(
    (isTyping: boolean) => {
      const isSaid = Date.now() - saidAtMs.current < (isTyping ? actTimes.typing.repeatMs : actTimes.typing.livesMs);
      if (isSaid === isTyping) return;
      saidAtMs.current = isTyping ? Date.now() : 0;
      report({ dialogId, act: "typing", isOver: !isTyping });
    },
    [dialogId, report],
  );
  useEffect(() => () => say(false), [say]);
  return say;
}

const HELLO_EVERY_MS = 2_000;

/** Reports that this tab shows the dialog, as long as it can be seen; what comes back says it once more, for a newcomer. */
function useViewingReport(dialogId: string): () => void {
  const report = useReport();
  const saidAtMs = useRef(0);
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sayHere = useCallback(() => {
    // What is too soon after the last time is said once it is not: a newcomer must not wait for the regular repeat.
    clearTimeout(later.current);
    if (document.visibilityState !== "visible") return;
    const waitMs = saidAtMs.current + HELLO_EVERY_MS - Date.now();
    if (waitMs > 0) {
      later.current = setTimeout(() => sayHereNow(), waitMs);
      return;
    }
    sayHereNow();

    function sayHereNow() {
      saidAtMs.current = Date.now();
      report({ dialogId, act: "viewing" });
    }
  }, [dialogId, report]);
  useEffect(() => {
    const sayGone = () => {
      clearTimeout(later.current);
      saidAtMs.current = 0;
      report({ dialogId, act: "viewing", isOver: true });
    };
    const onChange = () => (document.visibilityState === "visible" ? sayHere() : sayGone());
    sayHere();
    const timer = setInterval(sayHere, actTimes.viewing.repeatMs);
    document.addEventListener("visibilitychange", onChange);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onChange);
      sayGone();
    };
  }, [dialogId, report, sayHere]);
  return sayHere;
}

// Lost reports are made up for by the next one, so nothing is said of a failure, and none waits for a network: it would be old.
function useReport() {
  return trpc.handoff.report.useMutation({ retry: false, networkMode: "always" }).mutate;
}
