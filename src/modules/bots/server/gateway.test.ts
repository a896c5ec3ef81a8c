import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { encryptSecret } from "@/server/crypto";
import { sendText, tokenPurpose } from "./gateway";

let answer: { status: number; body: string } = { status: 200, body: "" };
const server = createServer((_request, response) => void response.writeHead(answer.status).end(answer.body));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
// A listening TCP server always has an AddressInfo.
const { port } = server.address() as AddressInfo;
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` });
afterAll(() => new Promise((resolve) => server.close(resolve)));

const id = newId();
const bot = { id, tokenSealed: encryptSecret("1:token", tokenPurpose(id)) };
const to = { chatId: 5, threadId: null, replyTo: null };
const send = (status: number, body: string) => {
  answer = { status, body };
  return sendText(bot, to, { text: "hi", isHtml: false });
};
const refusal = (code: number, parameters?: object) =>
  send(code, JSON.stringify({ ok: false, error_code: code, description: "No", parameters }));

describe("a refused call", () => {
  it.each([401, 403, 404, 409])(
    "says nothing about the bot or the visitor when %i comes from a proxy in between",
    async (status) => {
      const fault = { reason: "unavailable" };
      expect(await send(status, "<html>Sorry</html>")).toEqual({ ok: false, fault });
    },
  );

  it.each([
    [7, 7],
    ["7", 7],
    [0.2, 1],
    [0, 1],
    [-5, 1],
    ["soon", 1],
    [undefined, 1],
    [null, 1],
    [1e15, 86_400],
  ])("that asks to wait %j seconds is asked again after %i", async (wait, retryAfterSeconds) => {
    const fault = { reason: "too-fast", retryAfterSeconds };
    expect(await refusal(429, { retry_after: wait })).toEqual({ ok: false, fault });
  });

  it.each([
    ["Bad Request: can't parse entities: Unsupported start tag", { reason: "bad-markup" }],
    ["Bad Request: ENTITY_BOUNDS_INVALID", { reason: "bad-markup" }],
    ["Bad Request: ENTITIES_TOO_LONG", { reason: "bad-markup" }],
    ["Bad Request: chat not found", { reason: "blocked" }],
    ["Bad Request: TOPIC_CLOSED", { reason: "refused", description: "Bad Request: TOPIC_CLOSED" }],
  ])("that says %s", async (description, fault) => {
    expect(await send(400, JSON.stringify({ ok: false, error_code: 400, description }))).toEqual({ ok: false, fault });
  });

  it("tells where a group went", async () => {
    const fault = { reason: "moved", toChatId: -1_002_345_678_901, description: "No" };
    expect(await refusal(400, { migrate_to_chat_id: -1_002_345_678_901 })).toEqual({ ok: false, fault });
  });
});
