import { getTranslations } from "next-intl/server";
import { NavTabs } from "@/components/ui/nav-tabs";
import type { MemberRole } from "@/db/enums";
import { mayManageTeam, mayManageWorkspace } from "@/modules/workspaces/policy";

/** The pages of the settings that a person may use. */
export async function SettingsTabs({ slug, role }: { slug: string; role: MemberRole }) {
  const t = await getTranslations("reach.tabs");
  const base = `/w/${slug}/settings`;
  const general = mayManageWorkspace(role) ? [{ href: base, label: t("general") }] : [];
  const managed = mayManageTeam(role) ? (["hours", "inbox"] as const) : [];
  const tabs = [
    ...general,
    ...[...managed, "replies" as const].map((key) => ({ href: `${base}/${key}`, label: t(key) })),
  ];
  return <NavTabs label={t("label")} tabs={tabs} />;
}
