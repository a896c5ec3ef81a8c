import { Socket } from "node:net";

/** Longer than what a transaction still sends after its connection was lost. */
const LINGER_MS = 200;

type Told = (error?: Error | null) => void;

/**
 * A socket that tells its end a little later. The driver drops its socket at once, and what is buffered or what a running
 * transaction still sends, be it the rollback, is then written to nothing: an exception that nobody can catch, and a
 * connection that never sends again (porsager/postgres#1154, #1208). Until the end is told each write is refused instead.
 */
class PatientSocket extends Socket {
  private wasConnected = false;
  private hasSaidGoodbye = false;
  private isLost = false;

  constructor() {
    // Otherwise Node puts another `write` in place of ours as soon as the other side has ended.
    super({ allowHalfOpen: true });
  }

  override write(chunk: string | Uint8Array, encoding?: BufferEncoding | Told, told?: Told): boolean {
    if (this.isLost) {
      setImmediate(() => this.refuse());
      return true;
    }
    return typeof encoding === "string" ? super.write(chunk, encoding, told) : super.write(chunk, encoding);
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "connect") this.wasConnected = true;
    // Of the two sides the one that ends first says goodbye.
    if (event === "end" && !this.hasSaidGoodbye) {
      this.isLost = true;
      this.destroy();
    }
    if (event === "finish" && !this.isLost) this.hasSaidGoodbye = true;
    if (event === "error") this.isLost ||= this.wasConnected;
    if (event !== "close" || !this.wasConnected || this.hasSaidGoodbye) return super.emit(event, ...args);
    this.isLost = true;
    this.refuse();
    // Without an error, because only then the driver refuses what it was given meanwhile.
    setTimeout(() => super.emit("close", false), LINGER_MS);
    return true;
  }

  /** Makes the driver refuse all that waits for an answer. */
  private refuse(): void {
    super.emit("error", Object.assign(new Error("The connection was lost."), { code: "CONNECTION_CLOSED" }));
  }
}

type Address = { host: string[]; port: number[]; path?: string | false };

/** Connects for the driver's `socket` option. Covers plain connections; the driver puts TLS on top by itself. */
export function patientSocket({ host: [host = "localhost"], port: [port = 5432], path }: Address): Socket {
  // The driver asks the socket for the host's name when it begins TLS.
  const socket = Object.assign(new PatientSocket(), { host });
  // What is written before the connection stands waits in the socket.
  if (path) socket.connect(path);
  else socket.connect(port, host);
  // `connect` puts Node's own `write` in front of ours.
  Reflect.deleteProperty(socket, "write");
  return socket;
}
