import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import type { AnswerPart, AnswerRequest } from "@/modules/ai/contract";
import { givenFreshPool } from "@/modules/ai/testing";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { embedder } from "./embedder";
import { ModelError } from "./errors";
import { streamAnswer } from "./service";
import { defaultModel, listModels } from "./models";

const openAi = await startModelServer({ reply: () => "From the first provider.", apiKey: "sk-test" });
const anthropic = await startAnthropic("From the second provider.");
Object.assign(process.env, {
  OPENAI_BASE_URL: openAi.url,
  OPENAI_API_KEY: "sk-test",
  EMBEDDING_MODEL: "fake-embedding",
  ANTHROPIC_API_KEY: "sk-ant-test",
  ANTHROPIC_BASE_URL: anthropic.url,
});
afterAll(async () => {
  await openAi.close();
  anthropic.close();
});

beforeEach(() => givenFreshPool(testDb()));

const request = (more: Partial<AnswerRequest> = {}): AnswerRequest => ({
  model: "",
  system: "Be brief.",
  messages: [{ role: "user", text: "Hello?" }],
  question: "Hello?",
  earlier: [],
  language: "en",
  passages: [],
  noAnswer: "say-so",
  offersPerson: false,
  signal: new AbortController().signal,
  ...more,
});

async function answer(more: Partial<AnswerRequest> = {}) {
  const parts: AnswerPart[] = [];
  for await (const part of streamAnswer(request(more))) parts.push(part);
  return { text: parts.map((part) => (part.type === "text" ? part.text : "")).join(""), parts };
}

describe("the provider door", () => {
  it("offers one model for each level of each provider, and the middle one by default", async () => {
    expect((await listModels()).map(({ id }) => id)).toEqual([
      "fake-mini",
      "fake-standard",
      "fake-max",
      "claude-haiku-5-5",
      "claude-sonnet-5-5",
      "claude-opus-5-5",
    ]);
    expect(await defaultModel()).toMatchObject({ id: "fake-standard", level: "balanced" });
  });

  it("streams the chosen model and reports its usage", async () => {
    const { text, parts } = await answer({ model: "fake-max" });
    expect(text).toBe("From the first provider.");
    expect(parts[0]).toMatchObject({ type: "call", call: { provider: "openai", model: "fake-max" } });
    expect(parts[1]).toEqual({ type: "model", provider: "openai", model: "fake-max", isDemo: false });
    expect(parts.at(-1)).toEqual({ type: "finish", usage: { promptTokens: 10, completionTokens: 5 } });
  });

  it.each([401, 403, 429] as const)("goes to the next provider at once after %i", async (status) => {
    openAi.script(status);
    const asked = openAi.calls.length;
    const { text, parts } = await answer();
    expect(text).toBe("From the second provider.");
    expect(parts.find(({ type }) => type === "model")).toMatchObject({
      provider: "anthropic",
      model: "claude-sonnet-5-5",
    });
    expect(openAi.calls.length - asked).toBe(1);
  });

  it("tries again after a fault that may pass", async () => {
    openAi.script(500);
    expect((await answer()).text).toBe("From the first provider.");
  });

  it("never repeats a request that is wrong by itself", async () => {
    openAi.script(400);
    const asked = openAi.calls.length;
    await expect(answer()).rejects.toMatchObject({ kind: "fatal", provider: "openai", code: "400" });
    expect(openAi.calls.length - asked).toBe(1);
  });

  it("changes nobody's words in the middle: a line that breaks after the first word is a failure", async () => {
    openAi.script("break");
    const heard: AnswerPart[] = [];
    const run = async () => {
      for await (const part of streamAnswer(request())) heard.push(part);
    };
    await expect(run()).rejects.toBeInstanceOf(ModelError);
    expect(heard.some(({ type }) => type === "text")).toBe(true);
  });

  it("says nothing of the prompt in its errors", async () => {
    openAi.script(400);
    const error: unknown = await answer({ system: "SECRET PROMPT" }).catch((caught: unknown) => caught);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("SECRET");
    expect(error instanceof Error && error.cause).toBeUndefined();
  });

  it("ends the provider's call when it is told to stop", async () => {
    openAi.script("hang");
    const call = openAi.calls.length;
    const controller = new AbortController();
    const running = answer({ signal: controller.signal });
    await openAi.waitForCalls(call + 1);
    controller.abort(new Error("stopped"));
    await expect(running).rejects.toThrow("stopped");
    await openAi.waitForAbort(call);
  });

  it("embeds many texts in order", async () => {
    const texts = Array.from({ length: 200 }, (_, n) => `passage number ${n}`);
    const vectors = await (await embedder())?.embed(texts);
    expect(vectors).toHaveLength(200);
    expect(vectors?.[0]).toHaveLength(64);
    expect(vectors?.[150]).toEqual((await (await embedder())?.embed([texts[150] ?? ""]))?.[0]);
  });
});

/** The least of Anthropic's messages API: one streamed answer. */
async function startAnthropic(text: string) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const events = [
      {
        type: "message_start",
        message: {
          id: "m",
          type: "message",
          role: "assistant",
          model: "claude",
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 3, output_tokens: 0 },
        },
      },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } },
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 4 } },
      { type: "message_stop" },
    ];
    response.end(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}
