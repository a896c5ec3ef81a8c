import { env } from "@/server/env";

/** The address that Telegram calls for a bot. */
export function webhookUrl(webhookPath: string): string {
  return `${env().appUrl}/api/telegram/${webhookPath}`;
}
