import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "./empty-state";
import { LinkButton } from "./link-button";

type PermissionStateProps = { needs: "owner" | "manager" | "staff"; homeHref: string };

const sentence = { owner: "ownersOnly", manager: "managersOnly", staff: "staffOnly" } as const;

/** Instead of a page that this role may not see. */
export function PermissionState({ needs, homeHref }: PermissionStateProps) {
  const t = useTranslations("common");
  return (
    <EmptyState
      icon={<Lock />}
      title={t(`state.${sentence[needs]}`)}
      action={<LinkButton href={homeHref}>{t("notFound.action")}</LinkButton>}
    />
  );
}
