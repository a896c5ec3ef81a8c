import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "../logo";
import { LanguageSwitch } from "./language-switch";

type AuthCardProps = { title: ReactNode; lead?: ReactNode; footer?: ReactNode; children: ReactNode };

/** The frame of sign-in, registration and the other pages before a workspace: one card of 400 px. */
export function AuthCard({ title, lead, footer, children }: AuthCardProps) {
  const t = useTranslations("common");
  return (
    <div className="flex min-h-dvh flex-col bg-bg">
      <header className="flex h-14 items-center justify-between px-4 md:px-6">
        <Link
          href="/"
          className="flex min-h-8 items-center gap-2 rounded-md font-display text-md font-semibold touch-target"
        >
          <Logo />
          {t("product")}
        </Link>
        <LanguageSwitch />
      </header>
      <main id="content" className="flex flex-1 flex-col items-center px-4 pt-[8vh] pb-12">
        <div className="w-full max-w-100 rounded-xl border bg-raised p-6 sm:p-8">
          <h1 className="text-xl">{title}</h1>
          {lead && <p className="mt-1 text-text-2 text-pretty">{lead}</p>}
          <div className="mt-6">{children}</div>
        </div>
        {footer && <div className="mt-4 text-center text-text-2">{footer}</div>}
      </main>
    </div>
  );
}
