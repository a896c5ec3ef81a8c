// Beside the contract, so that the form does not load the validation.

/** BotFather's format: the bot's number, a colon, 35 characters. */
export const TOKEN_PATTERN = /^\d{6,20}:[A-Za-z0-9_-]{30,64}$/;
