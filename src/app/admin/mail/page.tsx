import { getTranslations } from "next-intl/server";
import { Page } from "@/components/shell/page";
import { Outbox } from "@/modules/email/ui/outbox";

export async function generateMetadata() {
  return { title: (await getTranslations("email"))("outbox.title") };
}

export default async function MailPage() {
  const t = await getTranslations();
  return (
    <Page title={t("email.outbox.title")} back={{ href: "/w", label: t("shell.nav.overview") }}>
      <Outbox />
    </Page>
  );
}
