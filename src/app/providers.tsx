"use client";

import { ThemeProvider } from "next-themes";
import { useEffect, type ReactNode } from "react";
import { TIME_ZONE_COOKIE } from "@/i18n/preference";
import { onDemand } from "@/components/on-demand";

const Toaster = onDemand(() => import("@/components/ui/toaster"));

declare global {
  // Read by get-nonce, through which Radix styles the page while a dialog holds the scroll.
  var __webpack_nonce__: string | undefined;
}

/** What the whole tree needs in the browser. `nonce` is this response's. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  useEffect(() => {
    globalThis.__webpack_nonce__ = nonce;
  }, [nonce]);
  useEffect(rememberTimeZone, []);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem nonce={nonce} disableTransitionOnChange>
      {children}
      <Toaster />
    </ThemeProvider>
  );
}

// The next page is then rendered by the server in the zone of the person.
function rememberTimeZone() {
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (!document.cookie.includes(`${TIME_ZONE_COOKIE}=${zone}`)) {
    document.cookie = `${TIME_ZONE_COOKIE}=${zone}; path=/; max-age=31536000; samesite=lax`;
  }
}
