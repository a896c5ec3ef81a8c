import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/shell/auth-card";
import { TextLink } from "@/components/ui/text-link";
import { safeNextPath } from "@/modules/auth/rules";
import { configuredProviders } from "@/modules/auth/server/providers";
import { ExternalButtons } from "@/modules/auth/ui/external-buttons";
import { RegisterForm } from "@/modules/auth/ui/register-form";
import { env } from "@/server/env";
import { currentPerson } from "@/trpc/server";

type Props = { searchParams: Promise<{ next?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("register.title") };
}

export default async function RegisterPage({ searchParams }: Props) {
  const next = safeNextPath((await searchParams).next);
  if (await currentPerson()) redirect(next);
  const t = await getTranslations("auth.register");
  const footer = (
    <p>
      {t("known")} <TextLink href={`/login?next=${encodeURIComponent(next)}`}>{t("login")}</TextLink>
    </p>
  );
  if (env().REGISTRATION !== "open") {
    return (
      <AuthCard title={t("closed")} footer={footer}>
        <p className="text-text-2">{t("closedHint")}</p>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("title")} lead={t("lead")} footer={footer}>
      <RegisterForm next={next} />
      <ExternalButtons providers={configuredProviders()} next={next} />
    </AuthCard>
  );
}
