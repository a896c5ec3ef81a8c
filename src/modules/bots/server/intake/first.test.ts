import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveWebhooksFirst } from "./first";

const next = createServer((_request, response) => response.end("from Next"));
let giveBack: () => void;
beforeAll(async () => {
  giveBack = serveWebhooksFirst();
  await new Promise<void>((resolve) => next.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  giveBack();
  next.close();
});

const ask = async (method: string, path: string) => {
  // A listening TCP server has an address object.
  const { port } = next.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  return { status: response.status, text: await response.text() };
};

it("takes the calls of a webhook's address", async () => {
  expect(await ask("POST", "/api/telegram/nobody-has_this")).toEqual({ status: 404, text: "" });
});

it.each([
  ["GET", "/api/telegram/nobody-has_this"],
  ["POST", "/api/telegram"],
  ["POST", "/api/telegram/"],
  ["POST", "/api/telegram/a/b"],
  ["POST", "/api/telegram/a%2Fb"],
  ["POST", "/api/telegramx/a"],
  ["POST", "/"],
])("leaves %s %s to Next", async (method, path) => {
  expect(await ask(method, path)).toEqual({ status: 200, text: "from Next" });
});
