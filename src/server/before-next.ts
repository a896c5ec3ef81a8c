import { IncomingMessage, Server, ServerResponse } from "node:http";

type Take = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Lets `take` have each request of this process's web server before Next does; it tells whether it answers it. For a door
 * that is called far more often than any page and does far less than Next's way to a route costs. Returns the way back.
 */
export function serveBeforeNext(take: Take): () => void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...args: unknown[]): boolean {
    const [request, response] = args;
    const isRequest = event === "request" && request instanceof IncomingMessage && response instanceof ServerResponse;
    if (isRequest && take(request, response)) return true;
    return Reflect.apply(emit, this, [event, ...args]);
  };
  return () => {
    Server.prototype.emit = emit;
  };
}
