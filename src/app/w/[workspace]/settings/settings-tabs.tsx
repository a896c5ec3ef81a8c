import { getTranslations } from "next-intl/server";
import { NavTabs } from "@/components/ui/nav-tabs";
import type { MemberRole } from "@/db/enums";
import { mayManageWorkspace } from "@/modules/workspaces/policy";

/** The pages of the settings that a person may use. */
export async function SettingsTabs({ slug, role }: { slug: string; role: MemberRole }) {
  const t = await getTranslations("reach.tabs");
  const base = `/w/${slug}/settings`;
  const general = mayManageWorkspace(role) ? [{ href: base, label: t("general") }] : [];
  const tabs = [...general, { href: `${base}/hours`, label: t("hours") }, { href: `${base}/inbox`, label: t("inbox") }];
  return <NavTabs label={t("label")} tabs={tabs} />;
}
