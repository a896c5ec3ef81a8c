import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";

type PermissionStateProps = { needs: "owner" | "manager" | "staff"; ownerName?: string; action?: ReactNode };

const sentence = { owner: "ownersOnly", manager: "managersOnly", staff: "staffOnly" } as const;

/** Instead of a page that this role may not see. */
export function PermissionState({ needs, ownerName, action }: PermissionStateProps) {
  const t = useTranslations("common.state");
  return (
    <EmptyState
      icon={<Lock />}
      title={t(sentence[needs])}
      hint={ownerName ? t("ownerIs", { name: ownerName }) : undefined}
      action={action}
    />
  );
}
