import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/i18n/client-messages";
import { interCyrillic, interLatin } from "./fonts";
import { Providers } from "./providers";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: t("product"), template: `%s · ${t("product")}` },
    description: t("tagline"),
    applicationName: t("product"),
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, requestHeaders] = await Promise.all([getLocale(), headers()]);
  return (
    // The theme script sets the class before React wakes up, which is a difference on purpose.
    <html lang={locale} className={`${interLatin.variable} ${interCyrillic.variable}`} suppressHydrationWarning>
      <body>
        <ClientMessages namespaces={["common", "errors"]}>
          <Providers nonce={requestHeaders.get("x-nonce") ?? undefined}>{children}</Providers>
        </ClientMessages>
      </body>
    </html>
  );
}
