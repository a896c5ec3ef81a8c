import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeBot, type Scripted } from "./telegram-bot";
import { readPayload } from "./telegram-multipart";
import { type Reply, TelegramRefusal } from "./telegram-refusal";

/**
 * A strict Bot API on 127.0.0.1: several bots, long polling and webhooks, and the refusals of the real one. It is more
 * lenient in one point only: webhooks may be plain http on the loopback address.
 */
export class FakeTelegram {
  private readonly bots = new Map<string, FakeBot>();
  private readonly server = createServer((request, response) => void this.serve(request, response));
  // Test files share a database, which knows a bot by this number.
  private nextId = 1_000_000_000 + Math.floor(Math.random() * 8_000_000_000);

  /** Base address for `TELEGRAM_API_ROOT`. */
  url = "";

  /** What goes wrong with a call that no script is waiting for. */
  mishap: (method: string) => Scripted | undefined | Promise<Scripted | undefined> = () => undefined;

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    // A listening TCP server always has an AddressInfo.
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    for (const bot of this.bots.values()) bot.close();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** Makes a bot as BotFather would and returns the handle that tests drive. */
  addBot(options: { name?: string; username?: string } = {}): FakeBot {
    const id = (this.nextId += 1 + Math.floor(Math.random() * 1000));
    const secret = Array.from(
      { length: 35 },
      () => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"[Math.floor(Math.random() * 64)],
    ).join("");
    const bot = new FakeBot({
      id,
      token: `${id}:${secret}`,
      name: options.name ?? "Shop Helper",
      username: options.username ?? `shop_${id}_bot`,
    });
    this.bots.set(bot.token, bot);
    return bot;
  }

  /** The token stops working, as after /revoke in BotFather. */
  revoke(bot: FakeBot): void {
    this.bots.delete(bot.token);
    bot.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(request.url ?? "");
    if (file) return this.serveFile(file[1] ?? "", file[2] ?? "", response);
    const [, token = "", method = ""] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? "") ?? [];
    const payload = await readPayload(request.headers["content-type"] ?? "", await readBody(request));
    const bot = this.bots.get(decodeURIComponent(token));
    if (!bot) return send(response, 401, { ok: false, error_code: 401, description: "Unauthorized" });
    const scripted = bot.takeScripted(method) ?? (await this.mishap(method));
    if (scripted === "reset") return void request.socket.destroy();
    if (scripted === "hang") return;
    if (scripted === "accept-then-hang") return void (await bot.call(method, payload).catch(() => undefined));
    if (scripted === "accept-then-cut") {
      await bot.call(method, payload).catch(() => undefined);
      response.writeHead(200, { "content-type": "application/json", "content-length": "500" }).write('{"ok":true,');
      return void setImmediate(() => request.socket.destroy());
    }
    if (scripted) return send(response, scripted.error_code, scripted);
    try {
      send(response, 200, { ok: true, result: await bot.call(method, payload, request.socket) });
    } catch (error) {
      if (!(error instanceof TelegramRefusal)) throw error;
      send(response, error.reply.error_code, error.reply);
    }
  }

  private serveFile(token: string, path: string, response: ServerResponse): void {
    const bytes = this.bots.get(decodeURIComponent(token))?.desk.fileAt(decodeURIComponent(path));
    if (!bytes) return send(response, 404, { ok: false, error_code: 404, description: "Not Found" });
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": bytes.length }).end(bytes);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: Reply | { ok: true; result: unknown }): void {
  if (response.writableEnded || response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
