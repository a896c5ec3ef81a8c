import { useTranslations } from "next-intl";

/** What an assistant says before the first question; on the server as in the browser. */
export function PlaygroundGreeting({ greeting }: { greeting: string }) {
  const t = useTranslations("chat.playground");
  if (greeting.trim() === "") return <p className="text-text-2">{t("opening")}</p>;
  return (
    <p className="max-w-[68ch] rounded-xl rounded-tl-sm bg-ai-tint px-4 py-2.5 text-md whitespace-pre-wrap">
      {greeting}
    </p>
  );
}
