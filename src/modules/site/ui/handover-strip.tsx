import { Headset, Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/cn";
import style from "./handover-strip.module.css";

const moments = [
  { key: "ai", Icon: Sparkles, line: "bg-ai", word: "text-ai-text", step: style.first },
  { key: "operator", Icon: Headset, line: "bg-accent", word: "text-accent-text", step: style.second },
  { key: "again", Icon: Sparkles, line: "bg-ai", word: "text-ai-text", step: style.third },
] as const;

/** The product's signature laid flat: drawn once from the assistant to a person and back, then still. */
export function HandoverStrip() {
  const t = useTranslations("site.rail");
  return (
    <figure className="max-w-lg">
      <div role="img" aria-label={t("label")} className="flex">
        {moments.map(({ key, Icon, line, word, step }) => (
          <div key={key} className="min-w-0 flex-1">
            <div className="flex h-2 items-center">
              <span className={cn("size-2 shrink-0 rounded-full", line, style.node, step)} />
              <span className="relative h-0.5 flex-1 overflow-hidden">
                <span className={cn("absolute inset-0", line, style.line, step)} />
              </span>
            </div>
            <p className={cn("mt-2 flex items-center gap-1.5 text-sm font-medium", word)}>
              <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
              <span className="truncate">{t(key)}</span>
            </p>
          </div>
        ))}
      </div>
      <figcaption className="mt-2 text-sm text-muted text-pretty">{t("caption")}</figcaption>
    </figure>
  );
}
