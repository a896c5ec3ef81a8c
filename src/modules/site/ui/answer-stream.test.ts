import { expect, it } from "vitest";
import { type AnswerPart, readAnswer } from "./answer-stream";

const event = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`;

const answer =
  event({ type: "start", messageId: "a" }) +
  ": still here\n\n" +
  event({ type: "text-start", id: "text" }) +
  event({ type: "text-delta", id: "text", delta: "Доставка " }) +
  event({ type: "text-delta", id: "text", delta: "350\u00a0₽ [1]" }) +
  event({
    type: "source-document",
    sourceId: "c",
    title: "Цены.csv",
    providerMetadata: { chatai: { n: 1, quote: "350" } },
  }) +
  event({ type: "finish" }) +
  "data: [DONE]\n\n";

async function read(stream: string, pieceBytes: number): Promise<AnswerPart[]> {
  const bytes = new TextEncoder().encode(stream);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += pieceBytes) controller.enqueue(bytes.slice(at, at + pieceBytes));
      controller.close();
    },
  });
  const parts: AnswerPart[] = [];
  for await (const part of readAnswer(body)) parts.push(part);
  return parts;
}

it.each([1, 7, 64, 100_000])("reads the whole answer when it arrives in pieces of %i bytes", async (pieceBytes) => {
  expect(await read(answer, pieceBytes)).toEqual([
    { type: "text", text: "Доставка " },
    { type: "text", text: "350\u00a0₽ [1]" },
    { type: "citation", citation: { n: 1, title: "Цены.csv", quote: "350" } },
  ]);
});

it("tells a failure and an ended answer apart", async () => {
  expect(await read(event({ type: "error", errorText: "…" }), 9)).toEqual([{ type: "failed" }]);
  expect(await read(event({ type: "abort", reason: "discarded" }), 9)).toEqual([{ type: "stopped" }]);
});
