import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

export function SiteFooter({ appHref }: { appHref: string | null }) {
  const t = useTranslations("site");
  const links = appHref
    ? [{ href: appHref, text: t("nav.open") }]
    : [
        { href: "/login", text: t("nav.signIn") },
        { href: "/register", text: t("nav.register") },
      ];
  return (
    <footer className="border-t bg-bg">
      <div className="mx-auto flex max-w-6xl flex-wrap items-baseline justify-between gap-x-8 gap-y-4 px-4 py-8 sm:px-6">
        <p>
          <span className="font-display font-semibold">ChatAI</span>
          <span className="ml-2 text-muted">{t("footer.tagline")}</span>
        </p>
        <nav aria-label={t("footer.label")}>
          <ul className="flex flex-wrap gap-x-6 gap-y-2">
            {[{ href: "/#how", text: t("hero.how") }, ...links].map(({ href, text }) => (
              <li key={href}>
                <TextLink href={href}>{text}</TextLink>
              </li>
            ))}
          </ul>
        </nav>
        <p className="basis-full text-sm text-muted">{t("footer.license")}</p>
      </div>
    </footer>
  );
}
