import { getTranslations } from "next-intl/server";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What a person reads where nothing is, with the way on. */
export async function Missing({ homeHref }: { homeHref: string }) {
  const t = await getTranslations("common.notFound");
  return (
    <main className="grid min-h-[60dvh] flex-1 place-items-center">
      <EmptyState
        title={t("title")}
        titleAs="h1"
        hint={t("hint")}
        action={
          // A plain link: every page carries this one, and the router's own link would come with it.
          <a href={homeHref} className={buttonStyle({ variant: "solid" })}>
            {t("action")}
          </a>
        }
      />
    </main>
  );
}
