import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { ExtractionError, type ReportProgress } from "./document";
import { makeSlots } from "./slots";
import type { ReadDocument, SentDocument, ThreadInput, ThreadMessage } from "./thread-protocol";

export type ExtractionLimits = { timeoutMs: number; heapMb: number; totalMb: number };

/** Measured: the largest accepted text and a 1,000-page PDF stay under half of each figure. */
export const defaultLimits: ExtractionLimits = { timeoutMs: 120_000, heapMb: 512, totalMb: 768 };

const watchEveryMs = 100;
// Each thread may use its whole limit, so their number bounds the memory of the worker.
const inSlot = makeSlots(2);

/**
 * Reads a file in a thread of its own, so that no file can stop or exhaust this process: the thread is ended when it
 * passes its deadline, its heap, or its total memory (which counts decompressed buffers that live outside the heap).
 * Throws `ExtractionError`: the reason found by the reader, or `timeout`, `too-complex`, `damaged`.
 */
export async function readInThread(
  file: ThreadInput,
  report: ReportProgress,
  signal: AbortSignal,
  limits: ExtractionLimits = defaultLimits,
): Promise<ReadDocument> {
  return inSlot(signal, () => runThread(file, report, signal, limits));
}

async function runThread(
  file: ThreadInput,
  report: ReportProgress,
  signal: AbortSignal,
  limits: ExtractionLimits,
): Promise<ReadDocument> {
  signal.throwIfAborted();
  const thread = startThread(file, limits);
  const watch = watchMemory(thread, limits.totalMb);
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  try {
    return await new Promise<ReadDocument>((resolve, reject) => {
      thread.on("message", (message: ThreadMessage) => {
        if (message.kind === "progress") report(message.done, message.total);
        else if (message.kind === "done") resolve(received(message.result));
        else reject(new ExtractionError(message.reason));
      });
      thread.on("error", (error) => reject(translateCrash(error)));
      thread.on("exit", () => reject(new ExtractionError(watch.isOver() ? "too-complex" : "internal")));
      deadline.addEventListener("abort", () => reject(new ExtractionError("timeout")));
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  } finally {
    watch.stop();
    await thread.terminate();
  }
}

function received({ chunks, ...document }: SentDocument): ReadDocument {
  return {
    ...document,
    chunks: chunks.map((chunk) => ({ ...chunk, text: document.text.slice(chunk.start, chunk.end) })),
  };
}

function startThread(file: ThreadInput, limits: ExtractionLimits): Worker {
  // The bundle of the worker has the thread beside it; from sources the loader has to come along.
  const here = fileURLToPath(import.meta.url);
  const isBundle = !here.endsWith(".ts");
  return new Worker(path.join(path.dirname(here), isBundle ? "extract-thread.mjs" : "thread.ts"), {
    workerData: file,
    execArgv: isBundle ? [] : ["--import", "tsx"],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, stackSizeMb: 4 },
  });
}

// A thread that ran out of memory says so; any other throw is a parser that met something it did not expect.
function translateCrash(error: unknown): ExtractionError {
  const isOutOfMemory = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  const isTooDeep = error instanceof RangeError;
  return new ExtractionError(isOutOfMemory || isTooDeep ? "too-complex" : "damaged", { cause: error });
}

function watchMemory(thread: Worker, limitMb: number): { isOver(): boolean; stop(): void } {
  let isOver = false;
  const timer = setInterval(() => {
    thread.getHeapStatistics().then(
      (heap) => {
        if ((heap.used_heap_size + heap.external_memory + heap.malloced_memory) / 1e6 <= limitMb) return;
        isOver = true;
        void thread.terminate();
      },
      () => undefined,
    );
  }, watchEveryMs);
  return { isOver: () => isOver, stop: () => clearInterval(timer) };
}
