import type { DraftPart } from "@/modules/chat/drafting/contract";

const encoder = new TextEncoder();

/** Parts as JSON lines, each as soon as it is there. `onLeave` runs when nobody reads any more. */
export function lines(parts: AsyncGenerator<DraftPart>, onLeave: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    cancel: async () => {
      onLeave();
      await parts.return(undefined);
    },
  });
}
