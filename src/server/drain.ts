import { setTimeout as delay } from "node:timers/promises";

export type Drain = {
  /** More than this is not read for a sender that was refused. */
  maxBytes: number;
  /** How long the answer waits for the sender to finish, and how long after it the rest is still read. */
  patienceMs: number;
  lingerMs: number;
};

// Four times the largest upload; a browser that uploads for longer gets its answer while it sends.
const usual: Drain = { maxBytes: 100 * 1024 * 1024, patienceMs: 10_000, lingerMs: 60_000 };

export type Rest = { next: () => Promise<{ done?: boolean; value?: Uint8Array }>; cancel: () => Promise<unknown> };

/**
 * Reads the rest of a refused body into nothing, because a connection closed with unread bytes is reset, and a sender whose
 * connection is reset never sees the reason. Resolves when all is read or patience ends; reading then goes on behind the
 * answer, and past `maxBytes` or `lingerMs` the sender is cut off. Never throws.
 */
export async function drain(rest: Rest, { maxBytes, patienceMs, lingerMs }: Drain = usual): Promise<void> {
  let isGivenUp = false;
  const readAll = async () => {
    for (let seen = 0; !isGivenUp && seen <= maxBytes;) {
      const { done, value } = await rest.next();
      if (done) return;
      seen += value?.length ?? 0;
    }
    isGivenUp = true;
  };
  // A sender that has gone needs no answer.
  const reading = readAll().catch(() => undefined);
  const wait = (ms: number) => delay(ms, undefined, { ref: false });
  void Promise.race([reading, wait(patienceMs + lingerMs)]).then(async () => {
    isGivenUp = true;
    await rest.cancel().catch(() => undefined);
  });
  await Promise.race([reading, wait(patienceMs)]);
}

/** The same for a request whose body nobody has begun to read. */
export async function drainRequest(request: Request, limits?: Drain): Promise<void> {
  if (request.body === null || request.bodyUsed || request.body.locked) return;
  await drain(restOf(request.body.getReader()), limits);
}

/** What a reader has not read yet. */
export function restOf(reader: ReadableStreamDefaultReader<Uint8Array>): Rest {
  return { next: () => reader.read(), cancel: () => reader.cancel() };
}
