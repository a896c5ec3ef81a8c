import OpenAI from "openai";
import { env } from "@/server/env";
import { hasOpenAi } from "./providers";

let client: OpenAI | undefined;

/** OpenAI's own client on the configured server, or null when there is none. */
export function openAiClient(): OpenAI | null {
  if (!hasOpenAi()) return null;
  const { OPENAI_API_KEY, OPENAI_BASE_URL } = env();
  // A local server may need no key, but the client insists on one.
  client ??= new OpenAI({
    apiKey: OPENAI_API_KEY ?? "not-needed",
    baseURL: OPENAI_BASE_URL,
    timeout: 30_000,
    maxRetries: 2,
    logLevel: "off",
  });
  return client;
}
