import { serveBeforeNext } from "@/server/before-next";

const ADDRESS = /^\/api\/telegram\/([\w-]{1,100})$/;

/**
 * Takes webhook calls before Next does. Its way to a route costs more than all that the door does, for a call that a busy
 * installation gets hundreds of times a second. The route serves while the product is being developed, where a change of
 * the door has to be seen at once. Returns the way back.
 */
export function serveWebhooksFirst(): () => void {
  return serveBeforeNext((request, response) => {
    const path = request.method === "POST" ? ADDRESS.exec(request.url ?? "")?.[1] : undefined;
    if (path === undefined) return false;
    // Loaded with the first call: a process that serves pages only never needs it.
    import("./door").then(
      ({ serveWebhook }) => serveWebhook(path, request, response),
      // A call that cannot be taken comes again; one that nobody answers would hang.
      () => response.writeHead(500).end(),
    );
    return true;
  });
}
