import diagnostics from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

/**
 * Writes each request's socket address into `x-chatai-peer`, over whatever the client sent there: route handlers see
 * headers only, and rate limits must count an address that nobody can choose.
 */
export function stampPeerAddress(): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const request = typeof message === "object" && message !== null && "request" in message ? message.request : null;
    if (request instanceof IncomingMessage) request.headers["x-chatai-peer"] = request.socket.remoteAddress ?? "";
  });
}
