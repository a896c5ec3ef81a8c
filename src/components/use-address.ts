"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { startTransition, useEffect, useRef, useState } from "react";

const QUIET_MS = 300;

type Values<Name extends string> = Record<Name, string | undefined>;

/**
 * Values kept in the query of the address, so that a link, a reload and Back show the same. `values` is what the address
 * says, `shown` runs ahead of it by what is being typed.
 */
export function useAddress<Name extends string>(names: readonly Name[]) {
  const params = useSearchParams();
  const pathname = usePathname();
  const [typed, setTyped] = useState<Partial<Record<Name, string>>>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const valuesBy = (valueOf: (name: Name) => string | null | undefined) =>
    // The keys are exactly the names.
    Object.fromEntries(names.map((name) => [name, valueOf(name) || undefined])) as Values<Name>;
  const write = (change: Partial<Record<Name, string>>) => {
    clearTimeout(timer.current);
    const next = new URLSearchParams(window.location.search);
    for (const name of names) {
      const value = change[name];
      if (value === undefined) continue;
      if (value === "") next.delete(name);
      else next.set(name, value);
    }
    // The router follows the address without asking the server for the page again, in a transition of its own.
    window.history.replaceState(null, "", next.size === 0 ? pathname : `${pathname}?${next}`);
    startTransition(() => setTyped({}));
  };
  return {
    values: valuesBy((name) => params.get(name)),
    shown: valuesBy((name) => typed[name] ?? params.get(name)),
    /** An empty text takes the name out of the address. A field that waited for it would lose what is half typed, as a year. */
    set: (change: Partial<Record<Name, string>>) => {
      const next = { ...typed, ...change };
      setTyped(next);
      write(next);
    },
    /** The same for what is typed: it reaches the address when the typing rests. */
    type: (change: Partial<Record<Name, string>>) => {
      const next = { ...typed, ...change };
      setTyped(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => write(next), QUIET_MS);
    },
  };
}
