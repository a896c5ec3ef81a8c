import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/shell/auth-card";
import { TextLink } from "@/components/ui/text-link";
import { safeNextPath } from "@/modules/auth/rules";
import { configuredProviders } from "@/modules/auth/server/providers";
import { ExternalButtons } from "@/modules/auth/ui/external-buttons";
import { LoginForm } from "@/modules/auth/ui/login-form";
import { currentPerson } from "@/trpc/server";

type Props = { searchParams: Promise<{ next?: string; error?: string; callbackUrl?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("login.title") };
}

export default async function LoginPage({ searchParams }: Props) {
  const { next: wish, error } = await searchParams;
  const next = safeNextPath(wish);
  if (await currentPerson()) redirect(next);
  const t = await getTranslations("auth.login");
  const footer = (
    <p>
      {t("new")} <TextLink href={`/register?next=${encodeURIComponent(next)}`}>{t("register")}</TextLink>
    </p>
  );
  return (
    <AuthCard title={t("title")} footer={footer}>
      <LoginForm next={next} reason={error} />
      <ExternalButtons providers={configuredProviders()} next={next} />
    </AuthCard>
  );
}
