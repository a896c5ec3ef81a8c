import { getTranslations } from "next-intl/server";
import { Page } from "@/components/shell/page";
import { PermissionState } from "@/components/ui/permission-state";
import { ClientMessages } from "@/i18n/client-messages";
import { LadderSettings } from "@/modules/handoff/ui/reach/ladder-settings";
import { requireWorkspace } from "../../workspace";
import { SettingsTabs } from "../settings-tabs";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("reach"))("tabs.inbox") };
}

export default async function InboxSettingsPage({ params }: Props) {
  const { current } = await requireWorkspace((await params).workspace);
  const t = await getTranslations("reach.tabs");
  if (current.role === "operator") {
    return (
      <Page title={t("inbox")}>
        <PermissionState needs="manager" homeHref={`/w/${current.slug}`} />
      </Page>
    );
  }
  return (
    <ClientMessages namespaces={["common", "errors", "reach", "shell"]}>
      <Page title={t("title")} width="form" tabs={<SettingsTabs slug={current.slug} role={current.role} />}>
        <LadderSettings />
      </Page>
    </ClientMessages>
  );
}
