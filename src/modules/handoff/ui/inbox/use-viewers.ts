"use client";

import { useEffect, useState } from "react";
import { useLiveHints } from "@/components/live-hints";
import { actTimes, afterAct, type Company, nobody, toAct, withoutExpired } from "@/modules/handoff/company/rules";
import { trpc } from "@/trpc/client";

type Companies = Readonly<Record<string, Company>>;

/** The names of colleagues who look at each dialog now, told by the hints that every tab hears anyway. */
export function useViewers(): (dialogId: string) => string[] {
  const [companies, setCompanies] = useState<Companies>({});
  useLiveHints((hint) => {
    const signal = toAct(hint);
    if (!signal) return;
    setCompanies((before) => ({
      ...before,
      [signal.dialogId]: afterAct(before[signal.dialogId] ?? nobody, signal, Date.now()),
    }));
  });
  const isAnybody = Object.keys(companies).length > 0;
  useEffect(() => {
    if (!isAnybody) return;
    const timer = setInterval(() => setCompanies(withoutTheGone), actTimes.viewing.repeatMs);
    return () => clearInterval(timer);
  }, [isAnybody]);
  const team = trpc.handoff.operators.useQuery(undefined, { enabled: isAnybody, staleTime: 60_000 });
  const me = trpc.users.me.useQuery(undefined, { enabled: isAnybody, staleTime: Infinity });
  const people = team.data?.items ?? [];
  return (dialogId) => {
    const viewing = companies[dialogId]?.viewing ?? {};
    return people.filter(({ userId }) => userId in viewing && userId !== me.data?.id).map(({ name }) => name);
  };
}

function withoutTheGone(companies: Companies): Companies {
  const now = Date.now();
  const fresh = Object.entries(companies).flatMap(([id, company]) => {
    const left = withoutExpired(company, now);
    return Object.keys(left.viewing).length > 0 ? [[id, left] as const] : [];
  });
  return Object.fromEntries(fresh);
}
