import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import * as z from "zod";
import { faultOfCall, type PusherApp } from "./pusher-signature";
import { PusherSocket } from "./pusher-socket";
import { WebSocketEnd } from "./web-socket";

const MAX_BATCH = 10;
const MAX_DATA_BYTES = 10_240;
const channelName = z.string().regex(/^[A-Za-z0-9_\-=@,.;]{1,164}$/);
const event = z.object({ name: z.string().max(200), channel: channelName, data: z.string().max(MAX_DATA_BYTES) });
const batch = z.object({ batch: z.array(event).min(1).max(MAX_BATCH) });

export type Published = { channel: string; name: string; data: unknown };

/** A strict Pusher on 127.0.0.1: checks every signature, the limits of its API and the life of its sockets. */
export class FakePusher {
  readonly app: PusherApp = { appId: "4201", key: "journey-key", secret: "journey-secret" };
  readonly published: Published[] = [];
  /** What was refused, in words; empty as long as both sides keep to the protocol. */
  readonly refusals: string[] = [];
  /** False: every socket is refused at once, and so is every call, as when the service is down. */
  isUp = true;
  private readonly sockets = new Set<PusherSocket>();
  private readonly server = createServer((request, response) => void this.serve(request, response));

  constructor(private readonly activitySeconds = 30) {
    this.server.on("upgrade", (request, socket, head) => this.connect(request, socket, head));
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    return this;
  }

  get port(): number {
    // A listening TCP server always has an AddressInfo.
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.cutAll();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** Breaks every connection without a word. */
  cutAll(): void {
    for (const socket of this.sockets) socket.end.cut();
  }

  /** The people behind the sockets of a channel. */
  usersOf(channel: string): (string | null)[] {
    return [...this.sockets].filter((socket) => socket.channels.has(channel)).map((socket) => socket.userId);
  }

  private connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? "", "http://localhost");
    if (!this.isUp) return void socket.destroy();
    const end = new WebSocketEnd(request, socket, head);
    const fault = this.faultOfConnection(url);
    if (fault) {
      this.refusals.push(fault[1]);
      end.send(JSON.stringify({ event: "pusher:error", data: JSON.stringify({ code: fault[0], message: fault[1] }) }));
      return end.close(...fault);
    }
    const client = new PusherSocket(this.app, end, this.activitySeconds, (reason) => this.refusals.push(reason));
    this.sockets.add(client);
    end.onClose = () => {
      client.forget();
      this.sockets.delete(client);
    };
  }

  private faultOfConnection(url: URL): [number, string] | null {
    if (url.pathname !== `/app/${this.app.key}`) return [4001, "Application does not exist"];
    if (url.searchParams.get("protocol") !== "7") return [4007, "Unsupported protocol version"];
    return null;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? "", "http://localhost");
    const method = request.method ?? "";
    if (!this.isUp) return send(response, 503, {});
    const fault = faultOfCall(this.app, { method, url, body }, new Date());
    if (fault) {
      this.refusals.push(fault);
      return send(response, 401, { error: fault });
    }
    const answer = this.answer(`${method} ${url.pathname.replace(`/apps/${this.app.appId}`, "")}`, url, body);
    if (answer === null) this.refusals.push(`${method} ${url.pathname}`);
    send(response, answer === null ? 400 : 200, answer ?? { error: "Bad request" });
  }

  private answer(call: string, url: URL, body: string): object | null {
    if (call === "POST /batch_events") return this.publish(batch.safeParse(JSON.parse(body)).data?.batch);
    if (call === "GET /channels") {
      const prefix = url.searchParams.get("filter_by_prefix") ?? "";
      const occupied = [...this.sockets].flatMap((socket) => [...socket.channels.keys()]);
      return {
        channels: Object.fromEntries(occupied.filter((name) => name.startsWith(prefix)).map((name) => [name, {}])),
      };
    }
    const [, channel] = /^GET \/channels\/(presence-[^/]+)\/users$/.exec(call) ?? [];
    if (channel) {
      const ids = [...this.sockets].flatMap((socket) => socket.channels.get(channel) ?? []);
      return { users: [...new Set(ids)].map((id) => ({ id })) };
    }
    const [, userId] = /^POST \/users\/([^/]+)\/terminate_connections$/.exec(call) ?? [];
    if (!userId) return null;
    for (const socket of this.sockets)
      if (socket.userId === userId) socket.close(4009, "You got disconnected by the app.");
    return {};
  }

  private publish(events: z.infer<typeof event>[] | undefined): object | null {
    if (!events) return null;
    for (const { channel, name, data } of events) {
      const parsed: unknown = JSON.parse(data);
      this.published.push({ channel, name, data: parsed });
      for (const socket of this.sockets) if (socket.channels.has(channel)) socket.send(name, parsed, channel);
    }
    return {};
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
