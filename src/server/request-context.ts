import { db } from "@/db/client";
import { newId } from "@/lib/ids";
import type { Locale } from "@/lib/locales";
import { toLocale } from "@/lib/locales";
import { clientAddress } from "@/server/address";
import type { Actor, Ctx } from "@/server/context";
import { env } from "@/server/env";
import { logger } from "@/server/logger";

export type RequestFacts = Record<string, string | number | boolean | null>;

/** The context of one HTTP request for an actor that the door has already recognised. */
export function requestCtx<A extends Actor>(headers: Headers, actor: A, facts: RequestFacts = {}): Ctx<A> {
  return {
    db: db(),
    actor,
    locale: requestLocale(headers),
    log: logger,
    requestId: requestId(headers),
    address: clientAddress(headers, env().TRUST_PROXY),
    userAgent: (headers.get("user-agent") ?? "").slice(0, 300),
    now: () => new Date(),
    note: (more) => Object.assign(facts, more),
  };
}

function requestLocale(headers: Headers): Locale {
  const cookie = /(?:^|;\s*)locale=([a-z]{2})/.exec(headers.get("cookie") ?? "")?.[1];
  return toLocale(cookie ?? headers.get("accept-language"));
}

// The id of a page's own request is kept for the calls made while rendering it; anything else is not ours.
function requestId(headers: Headers): string {
  const given = headers.get("x-request-id") ?? "";
  return /^[0-9a-f-]{36}$/.test(given) ? given : newId();
}
