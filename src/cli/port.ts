import { createServer } from "node:net";
import { StartProblem } from "./problem";

/** Refuses a port that somebody listens on, whatever address they chose. */
export async function refuseBusyPort(port: number): Promise<void> {
  const code = await listenOnce(port);
  if (!code) return;
  if (code === "EADDRINUSE") {
    throw new StartProblem(
      `Port ${port} is in use. Stop what runs there, or choose another one: PORT=${port + 1} npm start.`,
    );
  }
  throw new StartProblem(`PORT ${port} cannot be opened (${code}).`);
}

function listenOnce(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    server.listen(port, () => server.close(() => resolve(null)));
  });
}
