/** Calls in one request: the server refuses more, and the client splits what would be more. */
export const MAX_BATCH = 20;
