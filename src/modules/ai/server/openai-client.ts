import type OpenAI from "openai";
import { environmentKeys } from "./pool/environment";

/** OpenAI's own client with the environment's key, or null when there is none. */
export function openAiClient(): OpenAI | null {
  return environmentKeys().find(({ provider }) => provider === "openai")?.connection.openAi ?? null;
}
