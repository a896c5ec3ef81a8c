import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/shell/auth-card";
import { TextLink } from "@/components/ui/text-link";
import { safeNextPath } from "@/modules/auth/rules";
import { VerifyForm } from "@/modules/auth/ui/verify-form";

type Props = { searchParams: Promise<{ next?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("verify.title") };
}

export default async function VerifyPage({ searchParams }: Props) {
  const next = safeNextPath((await searchParams).next);
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("verify.title")} footer={<TextLink href="/login">{t("forgot.back")}</TextLink>}>
      <VerifyForm next={next} />
    </AuthCard>
  );
}
