/** The values of a stream of JSON lines, each as soon as its line is whole. */
export async function* readLines<Value>(body: ReadableStream<Uint8Array>): AsyncGenerator<Value> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + (value ?? "")).split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      // The server writes each line as one value of this shape.
      for (const line of lines) if (line !== "") yield JSON.parse(line) as Value;
      if (done) return;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
