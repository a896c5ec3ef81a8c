import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { type Heard, readRecording } from "./model-hearing";

/**
 * What calls do instead of answering: an HTTP status, never a word, a line cut before the first or after the second word,
 * silence after the second, or a refusal in full.
 */
export type Fault =
  | 400
  | 401
  | 402
  | 403
  | 404
  | 413
  | 429
  | 500
  | 503
  | "hang"
  | "break"
  | "reset"
  | "stall"
  | { status: number; code?: string; message?: string; retryAfter?: string };

export type ModelServerOptions = {
  port?: number;
  /** Wait before the first token, and between tokens. Zero for both answers at once. */
  firstTokenMs?: number;
  tokenMs?: number;
  /** The answer; by default the first passage of the prompt is repeated with its citation. */
  reply?: (call: ChatCall) => string;
  /** The tool that an answer also calls, where the request offers it; its input is sent as it is, also when it is no JSON. */
  tool?: (call: ChatCall) => { name: string; input: string } | undefined;
  /** Refuses requests that offer tools, as small servers do. */
  knowsNoTools?: boolean;
  models?: string[];
  /** Refuses calls that carry another key. */
  apiKey?: string;
  /** The only keys there are, and how each fares; any other is refused. */
  keys?: Record<string, "fine" | Fault>;
  dimensions?: number;
  /** The words of a recording; null for one that nobody understands, which the server answers with 500. */
  hear?: (recording: Heard) => string | null | Promise<string | null>;
  /** What goes wrong with a chat call that no script is waiting for. */
  mishap?: () => Fault | undefined;
};

export type ChatCall = {
  /** The bearer token that the call came with; empty without one. */
  key: string;
  model: string;
  messages: { role: string; text: string }[];
  isStream: boolean;
  /** Names of the tools that were offered. */
  tools: string[];
  wasAborted: boolean;
};

export type ModelServer = {
  /** To be used as `OPENAI_BASE_URL`. */
  url: string;
  calls: ChatCall[];
  embeddingCalls: number;
  /** The keys of the embedding calls, in order. */
  embeddingKeys: string[];
  /** Recordings that were asked to be made words of. */
  recordings: Heard[];
  /** Faults of the next chat calls, in order; after them all is well again. */
  script: (...faults: Fault[]) => void;
  set: (options: Omit<ModelServerOptions, "port">) => void;
  /** Resolves when the given number of chat calls has arrived. */
  waitForCalls: (count: number) => Promise<void>;
  /** Resolves when a client has given up the call with this position. */
  waitForAbort: (index: number) => Promise<void>;
  close: () => Promise<void>;
};

const content = z.union([z.string(), z.array(z.object({ type: z.literal("text"), text: z.string() }).strict()).min(1)]);
const chatBody = z.object({
  model: z.string().min(1),
  messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content }).strict()).min(1),
  stream: z.boolean().optional(),
  stream_options: z.object({ include_usage: z.boolean() }).strict().optional(),
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
  tools: z
    .array(
      z.object({
        type: z.literal("function"),
        function: z.object({
          name: z.string().regex(/^[\w-]{1,64}$/),
          description: z.string().optional(),
          parameters: z.object({ type: z.literal("object"), properties: z.record(z.string(), z.unknown()) }),
        }),
      }),
    )
    .min(1)
    .optional(),
});
const embeddingBody = z.object({
  model: z.string().min(1),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048)]),
  encoding_format: z.enum(["float", "base64"]).optional(),
  dimensions: z.int().positive().optional(),
});

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: string | null = null,
  ) {
    super(message);
  }
}

/** A strict double of an OpenAI-compatible server: refuses what the real one refuses, and remembers every call. */
export async function startModelServer(initial: ModelServerOptions = {}): Promise<ModelServer> {
  let options = initial;
  const faults: Fault[] = [];
  const waiters: (() => void)[] = [];
  const aborted = new Map<number, () => void>();
  const notify = () => waiters.splice(0).forEach((wake) => wake());

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 500;
      sendJson(response, status, {
        error: {
          message: error instanceof Error ? error.message : "",
          type: "invalid_request_error",
          code: error instanceof Refusal ? error.code : null,
        },
      });
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    if (options.keys && !(key in options.keys)) throw new Refusal(401, "Incorrect API key provided.");
    if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`)
      throw new Refusal(401, "Incorrect API key provided.");
    const path = (request.url ?? "").replace(/\?.*$/, "").replace(/^\/v1/, "");
    if (request.method === "GET" && path === "/models") {
      const data = (options.models ?? ["fake-mini", "fake-standard", "fake-max"]).map((id) => ({
        id,
        object: "model",
        created: 0,
        owned_by: "fake",
      }));
      return sendJson(response, 200, { object: "list", data });
    }
    if (request.method !== "POST") throw new Refusal(405, "Not allowed.");
    if (path === "/embeddings") return embed(await readBody(request, embeddingBody), response, key);
    if (path === "/audio/transcriptions") return transcribe(request, response);
    if (path === "/chat/completions") return chat(await readBody(request, chatBody), request, response, key);
    throw new Refusal(404, "Unknown request URL.");
  }

  function embed(body: z.infer<typeof embeddingBody>, response: ServerResponse, key: string): void {
    result.embeddingCalls += 1;
    result.embeddingKeys.push(key);
    refuse(faultOf(key), response);
    const input = typeof body.input === "string" ? [body.input] : body.input;
    const size = body.dimensions ?? options.dimensions ?? 64;
    const data = input.map((text, index) => {
      const vector = embedding(text, size);
      const encoded =
        body.encoding_format === "base64" ? Buffer.from(new Float32Array(vector).buffer).toString("base64") : vector;
      return { object: "embedding", index, embedding: encoded };
    });
    sendJson(response, 200, {
      object: "list",
      model: body.model,
      data,
      usage: { prompt_tokens: input.length, total_tokens: input.length },
    });
  }

  async function transcribe(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recording = await readRecording(request);
    if ("refusal" in recording) throw new Refusal(400, recording.refusal);
    if (!options.models?.includes(recording.model))
      throw new Refusal(404, "The model does not exist.", "model_not_found");
    result.recordings.push(recording);
    const text = (await options.hear?.(recording)) ?? null;
    if (text === null) throw new Refusal(500, "The server had an error.");
    sendJson(response, 200, { text });
  }

  async function chat(
    body: z.infer<typeof chatBody>,
    request: IncomingMessage,
    response: ServerResponse,
    key: string,
  ): Promise<void> {
    const messages = body.messages.map(({ role, content: said }) => ({
      role,
      text: typeof said === "string" ? said : said.map(({ text }) => text).join(""),
    }));
    if (messages.at(-1)?.role !== "user") throw new Refusal(400, "The last message must be the user's.");
    const tools = (body.tools ?? []).map((tool) => tool.function.name);
    if (options.knowsNoTools && tools.length > 0) throw new Refusal(400, "This model does not support tools.");
    const call: ChatCall = {
      key,
      model: body.model,
      messages,
      isStream: body.stream === true,
      tools,
      wasAborted: false,
    };
    const index = result.calls.push(call) - 1;
    response.on("close", () => {
      if (response.writableFinished) return;
      call.wasAborted = true;
      aborted.get(index)?.();
    });
    notify();
    const fault = faults.shift() ?? options.mishap?.() ?? faultOf(key);
    if (fault === "hang") return;
    if (fault === "reset") return void response.destroy();
    refuse(fault, response);
    const text = (options.reply ?? repeatFirstPassage)(call);
    const tool = options.tool?.(call);
    if (tool && !tools.includes(tool.name)) throw new Error(`The tool ${tool.name} was not offered.`);
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    const base = { id: "chatcmpl-1", created: 0, model: body.model };
    if (!call.isStream) {
      const choices = [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }];
      return sendJson(response, 200, { ...base, object: "chat.completion", choices, usage });
    }
    await stream(response, {
      base: { ...base, object: "chat.completion.chunk" },
      text,
      tool,
      usage: body.stream_options?.include_usage ? usage : undefined,
      fault,
    });
  }

  function faultOf(key: string): Fault | undefined {
    const fate = options.keys?.[key] ?? "fine";
    return fate === "fine" ? undefined : fate;
  }

  type Streamed = {
    base: object;
    text: string;
    tool: { name: string; input: string } | undefined;
    usage: object | undefined;
    fault: Fault | undefined;
  };

  async function stream(response: ServerResponse, { base, text, tool, usage, fault }: Streamed): Promise<void> {
    const { firstTokenMs = 0, tokenMs = 0 } = options;
    const send = (choice: object[], more: object = {}) =>
      response.write(`data: ${JSON.stringify({ ...base, choices: choice, ...more })}\n\n`);
    const delta = (piece: object, finish: string | null = null) => [{ index: 0, delta: piece, finish_reason: finish }];
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    response.flushHeaders();
    if (firstTokenMs > 0) await wait(firstTokenMs);
    send(delta({ role: "assistant", content: "" }));
    const tokens = text.match(/\s*\S+|\s+$/gu) ?? [];
    for (const [position, token] of tokens.entries()) {
      if (response.destroyed) return;
      if (position > 0 && tokenMs > 0) await wait(tokenMs);
      if (fault === "break" && position >= 2) return breakLine(response);
      if (fault === "stall" && position >= 2) return;
      send(delta({ content: token }));
    }
    if (tool) {
      const { name, input } = tool;
      const call = (piece: object) => send(delta({ tool_calls: [{ index: 0, ...piece }] }));
      call({ id: "call_1", type: "function", function: { name, arguments: "" } });
      call({ function: { arguments: input } });
    }
    send(delta({}, tool ? "tool_calls" : "stop"));
    if (usage) send([], { usage });
    response.end("data: [DONE]\n\n");
  }

  await new Promise<void>((resolve) => server.listen(initial.port ?? 0, "127.0.0.1", resolve));
  const result: ModelServer = {
    url: `http://127.0.0.1:${portOf(server)}/v1`,
    calls: [],
    embeddingCalls: 0,
    embeddingKeys: [],
    recordings: [],
    script: (...next) => void faults.push(...next),
    set: (next) => void (options = { ...options, ...next }),
    waitForCalls: async (count) => {
      while (result.calls.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
    },
    waitForAbort: (index) =>
      result.calls[index]?.wasAborted ? Promise.resolve() : new Promise<void>((resolve) => aborted.set(index, resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return result;
}

function refuse(fault: Fault | undefined, response: ServerResponse): void {
  if (typeof fault === "number") {
    if (fault === 429) response.setHeader("retry-after", "1");
    throw new Refusal(fault, `Scripted ${fault}.`);
  }
  if (typeof fault !== "object") return;
  if (fault.retryAfter !== undefined) response.setHeader("retry-after", fault.retryAfter);
  throw new Refusal(fault.status, fault.message ?? `Scripted ${fault.status}.`, fault.code ?? null);
}

/** The default answer: the words of the prompt's first passage and its citation, else an admission. */
export function repeatFirstPassage({ messages }: ChatCall): string {
  const system = messages.find(({ role }) => role === "system")?.text ?? "";
  const passage = /^\[1\] [^\n]*\n(.+)$/mu.exec(system)?.[1];
  return passage === undefined ? "I do not have this information." : `${passage} [1]`;
}

// Texts with common words get near vectors: enough for retrieval to be tested, and the same on every machine.
function embedding(text: string, size: number): number[] {
  const vector = Array.from({ length: size }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []) {
    let hash = 7;
    for (const character of word.slice(0, 5)) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
    const place = hash % size;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

// What was written reaches the client first, as it would over a real line.
function breakLine(response: ServerResponse): void {
  response.write(": last words\n\n", () => setTimeout(() => response.destroy(), 20));
}

async function readBody<S extends z.ZodType>(request: IncomingMessage, schema: S): Promise<z.infer<S>> {
  if (!request.headers["content-type"]?.startsWith("application/json"))
    throw new Refusal(415, "Send application/json.");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new Refusal(400, "We could not parse the JSON body of your request.");
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refusal(400, z.prettifyError(parsed.error));
  return parsed.data;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (!response.headersSent) response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function portOf(server: Server): number {
  // A listening TCP server has an address object.
  return (server.address() as AddressInfo).port;
}

const wait = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));
