import { type ChatTarget, type SealedBot, showTyping } from "./gateway";

// Telegram hides the action after five seconds.
const REPEAT_MS = 4_000;

/** Shows "typing" from now until it is stopped. A failure to show it is nobody's problem. */
export function startTyping(bot: SealedBot, to: ChatTarget): { stop: () => void } {
  const show = () => void showTyping(bot, to).catch(() => undefined);
  show();
  const timer = setInterval(show, REPEAT_MS);
  return { stop: () => clearInterval(timer) };
}
