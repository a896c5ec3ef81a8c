import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { Page } from "@/components/shell/page";
import { PermissionState } from "@/components/ui/permission-state";
import { ClientMessages } from "@/i18n/client-messages";
import { TrpcProvider } from "@/trpc/client";
import { currentPerson } from "@/trpc/server";

/** Staff only; the procedures behind these pages ask again at each call. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const person = await currentPerson();
  if (!person) redirect("/login?next=/admin/mail");
  const t = await getTranslations("shell.nav");
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "email"]}>
      <TrpcProvider>
        <div className="flex min-h-dvh flex-col border-t-2 border-warning bg-surface">
          {person.role === "admin" ? (
            <NuqsAdapter>{children}</NuqsAdapter>
          ) : (
            <Page title={t("admin")} back={{ href: "/w", label: t("overview") }}>
              <PermissionState needs="staff" homeHref="/w" />
            </Page>
          )}
        </div>
      </TrpcProvider>
    </ClientMessages>
  );
}
