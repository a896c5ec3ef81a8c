import { useTranslations } from "next-intl";
import type { Screenshot } from "../contract";
import { Section } from "./landing-sections";

const SIZE = { width: 1440, height: 900 } as const;

export function Screenshots({ shots }: { shots: readonly Screenshot[] }) {
  const t = useTranslations("site.screens");
  if (shots.length === 0) return null;
  return (
    <Section title={t("title")}>
      <div className="mt-8 grid gap-8 md:grid-cols-2">
        {shots.map(({ name, light, dark }) => (
          <figure key={name} className="first:md:col-span-2">
            {[
              { src: light, theme: "dark:hidden" },
              { src: dark, theme: "hidden dark:block" },
            ].map(({ src, theme }) => (
              <img
                key={theme}
                src={src}
                alt={t(`${name}.text`)}
                loading="lazy"
                decoding="async"
                {...SIZE}
                className={`h-auto w-full rounded-lg border ${theme}`}
              />
            ))}
            <figcaption className="mt-2 text-text-2">
              <span className="font-medium text-text">{t(`${name}.title`)}.</span> {t(`${name}.text`)}
            </figcaption>
          </figure>
        ))}
      </div>
    </Section>
  );
}
