import { CircleAlert, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";

type AttentionProps = {
  /** People who wait for a person. */
  waiting: number;
  queueHref: string;
  /** Bots that cannot work, each with the page where they are mended. */
  faulty: readonly { id: string; name: string; href: string }[];
};

/** What somebody should do now; nothing at all while nothing is to be done. */
export function Attention({ waiting, queueHref, faulty }: AttentionProps) {
  const t = useTranslations("workspaces.overview.attention");
  if (waiting === 0 && faulty.length === 0) return null;
  return (
    <section aria-label={t("label")}>
      <ul className="divide-y rounded-lg border bg-raised">
        {faulty.map(({ id, name, href }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
            <CircleAlert aria-hidden className="size-4 shrink-0 text-danger-text" strokeWidth={1.75} />
            <p className="min-w-0 flex-1 basis-48 font-medium wrap-anywhere">{t("bot", { name })}</p>
            <LinkButton href={href}>{t("openBot")}</LinkButton>
          </li>
        ))}
        {waiting > 0 && (
          <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
            <Clock aria-hidden className="size-4 shrink-0 text-warning-text" strokeWidth={1.75} />
            <p className="min-w-0 flex-1 basis-48 font-medium">{t("waiting", { count: waiting })}</p>
            <LinkButton href={queueHref}>{t("openQueue")}</LinkButton>
          </li>
        )}
      </ul>
    </section>
  );
}
