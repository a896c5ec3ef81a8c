import Link from "next/link";
import { useTranslations } from "next-intl";
import { Logo } from "@/components/logo";
import { LinkButton } from "@/components/ui/link-button";
import { LanguageSwitch } from "./language-switch";

/** `appHref` is where signed-in visitors go on; without it the header offers sign-in. */
export function SiteHeader({ appHref }: { appHref: string | null }) {
  const t = useTranslations("site.nav");
  return (
    <header className="border-b bg-surface">
      <nav aria-label={t("label")} className="mx-auto flex h-14 max-w-6xl items-center gap-1 px-4 sm:gap-2 sm:px-6">
        <Link
          href="/"
          aria-label={t("home")}
          className="mr-auto flex items-center gap-2 rounded-sm touch-target font-display text-lg font-semibold"
        >
          <Logo />
          ChatAI
        </Link>
        <LanguageSwitch />
        {appHref ? (
          <LinkButton href={appHref}>{t("open")}</LinkButton>
        ) : (
          <>
            <LinkButton href="/login" variant="ghost">
              {t("signIn")}
            </LinkButton>
            <LinkButton href="/register" className="max-sm:hidden">
              {t("register")}
            </LinkButton>
          </>
        )}
      </nav>
    </header>
  );
}
