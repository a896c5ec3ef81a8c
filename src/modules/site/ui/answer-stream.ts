import type { SourceDetail } from "@/modules/chat/contract";
import type { DemoCitation } from "../contract";

export type AnswerPart =
  | { type: "text"; text: string }
  | { type: "citation"; citation: DemoCitation }
  | { type: "failed" }
  | { type: "stopped" };

/** As far as this page reads it; written by our own door. */
type Chunk = {
  type: string;
  delta?: string;
  title?: string;
  providerMetadata?: { chatai?: Pick<SourceDetail, "n" | "quote"> };
};

/**
 * Reads the UI message stream of an answer. Written by hand because the AI SDK's client is heavier than this whole page;
 * it knows the few parts that an answer has and passes over the rest.
 */
export async function* readAnswer(body: ReadableStream<Uint8Array>): AsyncGenerator<AnswerPart> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + decoder.decode(value, { stream: true })).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const part = parsePart(event);
      if (part) yield part;
    }
  }
}

function parsePart(event: string): AnswerPart | null {
  const data = event.startsWith("data: ") ? event.slice(6) : "[DONE]";
  if (data === "[DONE]") return null;
  const chunk: Chunk = JSON.parse(data);
  switch (chunk.type) {
    case "text-delta":
      return { type: "text", text: chunk.delta ?? "" };
    case "source-document":
      return citationPart(chunk);
    case "error":
      return { type: "failed" };
    case "abort":
      return { type: "stopped" };
    default:
      return null;
  }
}

function citationPart({ title, providerMetadata }: Chunk): AnswerPart | null {
  const detail = providerMetadata?.chatai;
  return detail ? { type: "citation", citation: { n: detail.n, title: title ?? "", quote: detail.quote } } : null;
}
