import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Page } from "@/components/shell/page";
import { NavTabs } from "@/components/ui/nav-tabs";
import { ClientMessages } from "@/i18n/client-messages";
import { SessionKeeper } from "@/modules/auth/ui/session-keeper";
import { TrpcProvider } from "@/trpc/client";
import { currentPerson } from "@/trpc/server";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  if (!(await currentPerson())) redirect("/login?next=/account/profile");
  const t = await getTranslations("users");
  const tabs = (["profile", "security", "notifications", "appearance"] as const).map((key) => ({
    href: `/account/${key}`,
    label: t(`tabs.${key}`),
  }));
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "auth", "users"]}>
      <TrpcProvider>
        <SessionKeeper />
        <div className="flex min-h-dvh flex-col bg-surface">
          <Page
            title={t("title")}
            width="form"
            back={{ href: "/w", label: t("back") }}
            tabs={<NavTabs label={t("tabs.label")} tabs={tabs} />}
          >
            <div className="flex flex-col gap-6">{children}</div>
          </Page>
        </div>
      </TrpcProvider>
    </ClientMessages>
  );
}
