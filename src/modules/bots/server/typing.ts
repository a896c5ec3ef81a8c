import { type ChatTarget, type SealedBot, showTyping } from "./gateway";

// Telegram hides the action after five seconds.
const REPEAT_MS = 4_000;

/**
 * Shows "typing" from now until it is stopped, or until Telegram refuses it: whoever is asked to wait does not knock on.
 * A failure to show it is nobody's problem.
 */
export function startTyping(bot: SealedBot, to: ChatTarget): { stop: () => void } {
  const stop = () => clearInterval(timer);
  const show = () =>
    void showTyping(bot, to).then(
      (shown) => {
        if (!shown.ok && (shown.fault.reason === "too-fast" || shown.fault.reason === "blocked")) stop();
      },
      () => undefined,
    );
  const timer = setInterval(show, REPEAT_MS);
  show();
  return { stop };
}
