import { Agent, request as httpRequest } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export type StreamRequest = { path: string; headers: Record<string, string>; body: string };
export type LoadResult = { perSecond: number; firstTokenMs: { p50: number; p95: number }; failures: number };

type LoadOptions = {
  origin: string;
  streams: number;
  /** Turns in all; `streams` of them run at a time. */
  turns: number;
  /** Lanes begin spread over this time, as people do; without it they all begin at once. */
  spreadMs?: number;
  /** One request; `lane` is the stream that sends it, so that a lane can keep to its own dialog. */
  makeRequest: (turn: number, lane: number) => StreamRequest;
};

const FIRST_TEXT = '"type":"text-delta"';

/** Streams answers on a fixed number of parallel lanes and times the first text of each. */
export async function loadStreams({
  origin,
  streams,
  turns,
  spreadMs = 0,
  makeRequest,
}: LoadOptions): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: streams });
  const firstTokens: number[] = [];
  let next = 0;
  let failures = 0;
  const startedAt = performance.now();
  const lane = async (laneIndex: number) => {
    if (spreadMs > 0) await delay((spreadMs * laneIndex) / streams);
    for (let turn = next++; turn < turns; turn = next++) {
      const firstTokenMs = await streamOnce(origin, agent, makeRequest(turn, laneIndex));
      if (firstTokenMs === null) failures += 1;
      else firstTokens.push(firstTokenMs);
    }
  };
  await Promise.all(Array.from({ length: streams }, (_, index) => lane(index)));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return {
    perSecond: firstTokens.length / seconds,
    firstTokenMs: { p50: percentile(firstTokens, 50), p95: percentile(firstTokens, 95) },
    failures,
  };
}

/** The nearest-rank percentile; NaN when there is nothing to rank. */
export function percentile(values: number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function streamOnce(origin: string, agent: Agent, { path, headers, body }: StreamRequest): Promise<number | null> {
  return new Promise((resolve) => {
    const sentAt = performance.now();
    let firstTokenMs: number | null = null;
    const request = httpRequest(new URL(path, origin), {
      method: "POST",
      agent,
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...headers },
    });
    request.on("response", (response) => {
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        if (firstTokenMs === null && chunk.includes(FIRST_TEXT)) firstTokenMs = performance.now() - sentAt;
      });
      response.on("end", () => resolve(response.statusCode === 200 ? firstTokenMs : null));
      response.on("error", () => resolve(null));
    });
    request.on("error", () => resolve(null));
    request.end(body);
  });
}
