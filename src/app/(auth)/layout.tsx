import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ClientMessages } from "@/i18n/client-messages";

// Links of these pages carry secrets, which must not reach another site as the referrer.
export const metadata: Metadata = { referrer: "no-referrer", robots: { index: false } };

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={["common", "errors", "auth"]}>{children}</ClientMessages>;
}
