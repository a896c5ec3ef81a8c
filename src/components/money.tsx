"use client";

import { useLocale } from "next-intl";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { formatMoney } from "@/lib/format";

type Purse = {
  currency: string;
  /** The balance page; null for people who may not see money. */
  balanceHref: string | null;
};

const MoneyContext = createContext<Purse>({ currency: "RUB", balanceHref: null });

/** Tells everything below in which currency the platform counts, and whether this person may see money. */
export function MoneyProvider({ currency, balanceHref, children }: Purse & { children: ReactNode }) {
  const purse = useMemo(() => ({ currency, balanceHref }), [currency, balanceHref]);
  return <MoneyContext value={purse}>{children}</MoneyContext>;
}

type Options = Pick<Parameters<typeof formatMoney>[1], "style" | "signed">;

/** Writes whole micros as money of the platform in the person's language. */
export function useMoney() {
  const locale = useLocale();
  const { currency, balanceHref } = useContext(MoneyContext);
  return {
    balanceHref,
    money: (amountMicros: number, options?: Options) => formatMoney(amountMicros, { locale, currency, ...options }),
  };
}
