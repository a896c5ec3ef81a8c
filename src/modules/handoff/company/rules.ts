/** What a member may be doing in a dialog, for the colleagues who look at the same one. */
export const ACTS = ["viewing", "typing"] as const;
export type Act = (typeof ACTS)[number];

/** How long an act is believed without being heard of again, and how often it is repeated meanwhile. */
export const actTimes = {
  viewing: { livesMs: 30_000, repeatMs: 12_000 },
  typing: { livesMs: 6_000, repeatMs: 3_000 },
} as const satisfies Record<Act, { livesMs: number; repeatMs: number }>;

/** Who does what in one dialog: until which instant each person's act is believed. */
export type Company = Readonly<Record<Act, Readonly<Record<string, number>>>>;

export const nobody: Company = { viewing: {}, typing: {} };

export type ActSignal = { act: Act; isOver: boolean; dialogId: string; userId: string };

/** A hint of the workspace as an act of somebody; null when it is about something else. */
export function toAct({ type, ids }: { type: string; ids: Record<string, string> }): ActSignal | null {
  const act = ACTS.find((name) => type === `${name}.start` || type === `${name}.stop`);
  const { dialogId, userId } = ids;
  return act && dialogId && userId ? { act, isOver: type.endsWith(".stop"), dialogId, userId } : null;
}

/** The company after a signal. Who leaves does not type any more, and who types is there. */
export function afterAct(company: Company, { act, isOver, userId }: ActSignal, nowMs: number): Company {
  const { viewing, typing } = company;
  const without = (people: Company[Act]) => Object.fromEntries(Object.entries(people).filter(([id]) => id !== userId));
  const until = (kind: Act) => nowMs + actTimes[kind].livesMs;
  if (isOver) {
    return act === "typing"
      ? { viewing, typing: without(typing) }
      : { viewing: without(viewing), typing: without(typing) };
  }
  return {
    viewing: { ...viewing, [userId]: until("viewing") },
    typing: act === "typing" ? { ...typing, [userId]: until("typing") } : typing,
  };
}

/** The same without what is not believed any more; the same object when nothing changed. */
export function withoutExpired(company: Company, nowMs: number): Company {
  const fresh = (people: Company[Act]) =>
    Object.fromEntries(Object.entries(people).filter(([, until]) => until > nowMs));
  const next = { viewing: fresh(company.viewing), typing: fresh(company.typing) };
  const isSame = ACTS.every((act) => Object.keys(next[act]).length === Object.keys(company[act]).length);
  return isSame ? company : next;
}

/** When the next act expires; null while nobody does anything. */
export function nextExpiryMs(company: Company): number | null {
  const instants = ACTS.flatMap((act) => Object.values(company[act]));
  return instants.length === 0 ? null : Math.min(...instants);
}
