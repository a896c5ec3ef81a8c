"use client";

import { useTranslations } from "next-intl";
import { SkeletonRows } from "@/components/ui/skeleton";

/** Stands where a conversation or what surrounds it will be. */
export function PaneSkeleton() {
  const t = useTranslations("common.state");
  return (
    <div className="p-4">
      <SkeletonRows rows={6} label={t("loading")} />
    </div>
  );
}
