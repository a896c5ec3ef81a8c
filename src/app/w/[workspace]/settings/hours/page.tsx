import { getTranslations } from "next-intl/server";
import { Page } from "@/components/shell/page";
import { PermissionState } from "@/components/ui/permission-state";
import { ClientMessages } from "@/i18n/client-messages";
import { HoursSettings } from "@/modules/handoff/ui/reach/hours-settings";
import { requireWorkspace } from "../../workspace";
import { SettingsTabs } from "../settings-tabs";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("reach"))("tabs.hours") };
}

export default async function HoursPage({ params }: Props) {
  const { current } = await requireWorkspace((await params).workspace);
  const t = await getTranslations("reach.tabs");
  if (current.role === "operator") {
    return (
      <Page title={t("hours")}>
        <PermissionState needs="manager" homeHref={`/w/${current.slug}`} />
      </Page>
    );
  }
  return (
    <ClientMessages namespaces={["common", "errors", "reach", "shell"]}>
      <Page title={t("title")} width="form" tabs={<SettingsTabs slug={current.slug} role={current.role} />}>
        <HoursSettings timeZones={Intl.supportedValuesOf("timeZone")} />
      </Page>
    </ClientMessages>
  );
}
