"use server";

import { cookies } from "next/headers";
import { toLocale } from "@/lib/locales";
import { env } from "@/server/env";
import { LOCALE_COOKIE } from "./preference";

const YEAR_SECONDS = 31_536_000;

/** Remembers the language in this browser; the page that called it is rendered again in that language. */
export async function switchLocale(locale: string): Promise<void> {
  (await cookies()).set(LOCALE_COOKIE, toLocale(locale), {
    path: "/",
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    secure: env().appUrl.startsWith("https:"),
  });
}
