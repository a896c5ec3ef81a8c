import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/shell/auth-card";
import { LinkButton } from "@/components/ui/link-button";
import { ResetForm } from "@/modules/auth/ui/reset-form";
import { serverCaller } from "@/trpc/server";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("reset.title") };
}

export default async function ResetPage({ params }: Props) {
  const { token } = await params;
  const caller = await serverCaller();
  const { isValid } = await caller.auth.checkResetLink({ token });
  if (isValid) return <ResetForm token={token} />;
  const t = await getTranslations("auth.reset");
  return (
    <AuthCard title={t("deadTitle")} lead={t("dead")}>
      <LinkButton href="/forgot" variant="solid" size="lg" className="w-full">
        {t("again")}
      </LinkButton>
    </AuthCard>
  );
}
