import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { LOCALE_COOKIE, TIME_ZONE_COOKIE, preferredLocale, validTimeZone } from "./preference";
import { MESSAGES } from "./messages";

export default getRequestConfig(async () => {
  const [jar, requestHeaders] = await Promise.all([cookies(), headers()]);
  const locale = preferredLocale(jar.get(LOCALE_COOKIE)?.value, requestHeaders.get("accept-language"));
  return {
    locale,
    messages: MESSAGES[locale],
    timeZone: validTimeZone(jar.get(TIME_ZONE_COOKIE)?.value),
    now: new Date(),
  };
});
