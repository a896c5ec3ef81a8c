import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common.notFound"))("title") };
}

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <EmptyState
        icon={<SearchX />}
        title={t("title")}
        titleAs="h1"
        hint={t("hint")}
        action={
          <LinkButton href="/" variant="solid">
            {t("action")}
          </LinkButton>
        }
      />
    </main>
  );
}
