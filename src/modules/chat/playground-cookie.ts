/** Set for the pages of an assistant while the browser remembers a talk in its playground, so that the server does not greet over it. */
export const PLAYGROUND_COOKIE = "playground";
