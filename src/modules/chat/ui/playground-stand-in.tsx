import { useTranslations } from "next-intl";
import { PlaygroundGreeting } from "./playground-greeting";

/**
 * Stands where a playground will be, with its greeting at the place that it keeps. Null greets nobody: the browser
 * remembers a talk that the server does not know.
 */
export function PlaygroundStandIn({ greeting }: { greeting: string | null }) {
  const t = useTranslations("chat.playground");
  return (
    <section aria-label={t("title")} data-awaited className="flex h-full min-h-0 flex-col">
      <h2 className="flex h-12 shrink-0 items-center border-b px-4 text-base font-semibold">{t("title")}</h2>
      {greeting !== null && (
        <div className="min-h-0 flex-1 overflow-hidden p-4">
          <div className="mx-auto flex max-w-180 flex-col items-start py-4">
            <PlaygroundGreeting greeting={greeting} />
          </div>
        </div>
      )}
    </section>
  );
}
