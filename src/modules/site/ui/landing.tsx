import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import type { DemoShow, Screenshot } from "../contract";
import { DemoChat } from "./demo-chat";
import { HandoverStrip } from "./handover-strip";
import { Faq, HowItWorks, WhatItCosts } from "./landing-sections";
import { Screenshots } from "./screenshots";
import { SiteFooter } from "./site-footer";
import { SiteHeader } from "./site-header";

type LandingProps = {
  /** Null without a demo workspace: the page then asks to register instead of pretending a chat. */
  show: DemoShow | null;
  /** Where signed-in visitors go on. */
  appHref: string | null;
  shots: readonly Screenshot[];
};

export function Landing({ show, appHref, shots }: LandingProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader appHref={appHref} />
      <main id="content" className="flex-1">
        <Hero show={show} appHref={appHref} />
        <div className="border-y bg-bg">
          <HowItWorks />
        </div>
        <Screenshots shots={shots} />
        <WhatItCosts />
        <div className="border-t">
          <Faq />
        </div>
        <Closing appHref={appHref} />
      </main>
      <SiteFooter appHref={appHref} />
    </div>
  );
}

function Hero({ show, appHref }: Pick<LandingProps, "show" | "appHref">) {
  const t = useTranslations("site.hero");
  return (
    <section className="mx-auto grid w-full max-w-6xl items-center gap-10 px-4 py-10 sm:px-6 md:py-16 lg:grid-cols-[1fr_26rem] lg:gap-16">
      <div>
        <h1 className="text-4xl text-balance md:text-hero">{t("title")}</h1>
        <p className="mt-4 max-w-[52ch] text-lg text-text-2 text-pretty">{t("lead")}</p>
        <div className="mt-6 flex flex-wrap gap-2">
          <LinkButton href={appHref ?? "/register"} variant="solid" size="lg">
            {appHref ? t("open") : t("create")}
          </LinkButton>
          <LinkButton href="#how" variant="ghost" size="lg">
            {t("how")}
          </LinkButton>
        </div>
        <p className="mt-3 text-sm text-muted">{t("note")}</p>
        <div className="mt-10">
          <HandoverStrip />
        </div>
      </div>
      {show ? <DemoChat key={show.name} show={show} /> : <NoDemo />}
    </section>
  );
}

function NoDemo() {
  const t = useTranslations("site.noDemo");
  return (
    <aside className="rounded-xl border bg-raised p-6">
      <h2 className="text-lg">{t("title")}</h2>
      <p className="mt-2 text-text-2 text-pretty">{t("text")}</p>
    </aside>
  );
}

function Closing({ appHref }: { appHref: string | null }) {
  const t = useTranslations("site");
  if (appHref) return null;
  return (
    <section className="border-t">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-12 sm:px-6">
        <div>
          <h2 className="font-display text-2xl">{t("end.title")}</h2>
          <p className="mt-1 text-lg text-text-2">{t("end.text")}</p>
        </div>
        <LinkButton href="/register" size="lg">
          {t("nav.register")}
        </LinkButton>
      </div>
    </section>
  );
}
