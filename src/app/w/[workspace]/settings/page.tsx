import { getTranslations } from "next-intl/server";
import { Page } from "@/components/shell/page";
import { PermissionState } from "@/components/ui/permission-state";
import { ClientMessages } from "@/i18n/client-messages";
import { mayManageWorkspace } from "@/modules/workspaces/policy";
import { FollowingSettingsForm } from "@/modules/workspaces/ui/following-settings-form";
import { RemoveWorkspace } from "@/modules/workspaces/ui/remove-workspace";
import { env } from "@/server/env";
import { requireWorkspace } from "../workspace";
import { SettingsTabs } from "./settings-tabs";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("workspaces"))("settings.title") };
}

export default async function SettingsPage({ params }: Props) {
  const { current, caller } = await requireWorkspace((await params).workspace);
  const t = await getTranslations("workspaces.settings");
  if (!mayManageWorkspace(current.role)) {
    return (
      <Page title={t("title")}>
        <PermissionState needs="owner" homeHref={`/w/${current.slug}`} />
      </Page>
    );
  }
  const workspace = await caller.workspaces.get();
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "workspaces"]}>
      <Page title={t("title")} width="form" tabs={<SettingsTabs slug={current.slug} role={current.role} />}>
        <div className="flex flex-col gap-6">
          <FollowingSettingsForm
            workspace={workspace}
            address={`${env().appUrl}/w/${workspace.slug}`}
            timeZones={Intl.supportedValuesOf("timeZone")}
          />
          <RemoveWorkspace workspace={workspace} />
        </div>
      </Page>
    </ClientMessages>
  );
}
