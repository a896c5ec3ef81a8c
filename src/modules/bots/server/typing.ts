import { showTyping } from "./gateway";
import type { BotRow } from "./repository";

// Telegram hides the action after five seconds.
const REPEAT_MS = 4_000;

/** Shows "typing" from now until the work is done. A failure to show it is nobody's problem. */
export async function withTyping<T>(
  bot: BotRow,
  to: { chatId: number; threadId: number | null },
  work: () => Promise<T>,
): Promise<T> {
  const show = () => void showTyping(bot, to).catch(() => undefined);
  show();
  const timer = setInterval(show, REPEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
