import { expect, it } from "vitest";
import { readLines } from "./read-lines";

it("gives each line once it is whole, however the bytes are cut", async () => {
  const bytes = new TextEncoder().encode('{"a":"Привет"}\n{"a":"2"}\n\n{"a":"3"}');
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (let at = 0; at < bytes.length; at += 3) controller.enqueue(bytes.slice(at, at + 3));
      controller.close();
    },
  });
  const read: unknown[] = [];
  for await (const value of readLines(stream)) read.push(value);
  expect(read).toEqual([{ a: "Привет" }, { a: "2" }, { a: "3" }]);
});
