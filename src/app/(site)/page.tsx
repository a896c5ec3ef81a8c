import type { Metadata } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { toLocale } from "@/lib/locales";
import { findPerson } from "@/modules/auth/server/session";
import { showDemo } from "@/modules/site/server/service";
import { screenshots } from "@/modules/site/server/screenshots";
import { readGuest } from "@/modules/site/server/guest-cookie";
import { Landing } from "@/modules/site/ui/landing";
import { env } from "@/server/env";
import { requestCtx } from "@/server/request-context";

export async function generateMetadata(): Promise<Metadata> {
  const [t, locale] = await Promise.all([getTranslations("site.meta"), getLocale()]);
  const words = { title: t("title"), description: t("description") };
  return {
    ...words,
    title: { absolute: words.title },
    metadataBase: new URL(env().appUrl),
    alternates: { canonical: "/" },
    openGraph: { ...words, type: "website", siteName: "ChatAI", url: "/", locale },
    twitter: { card: "summary", ...words },
  };
}

export default async function LandingPage() {
  const [requestHeaders, locale] = await Promise.all([headers(), getLocale()]);
  const person = await findPerson(requestHeaders);
  const ctx = requestCtx(requestHeaders, person ?? { kind: "anonymous" });
  const show = await showDemo({ ...ctx, locale: toLocale(locale) }, readGuest(requestHeaders));
  // The browser gets the words of the chat; everything else on this page is text already.
  const { common, site } = await getMessages();
  return (
    <NextIntlClientProvider messages={{ common, site: { demo: site.demo } }}>
      <Landing show={show} appHref={person ? "/w" : null} shots={screenshots} />
    </NextIntlClientProvider>
  );
}
