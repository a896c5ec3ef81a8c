/** How long Telegram lets a bot delete what it sent. https://core.telegram.org/bots/api#deletemessage */
export const deletableForMs = 48 * 60 * 60_000;
