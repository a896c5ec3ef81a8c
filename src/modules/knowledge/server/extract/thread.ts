import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { assembleText } from "../../text/chunking";
import { blocksOf } from "../../text/postings";
import { hasWords, prepareDocument } from "../../text/prepare";
import { ExtractionError, maxTextChars } from "./document";
import { EXTRACTORS } from "./extractors";
import { threadInput, type ThreadMessage } from "./thread-protocol";

// The entry of the extraction thread: one file in, progress and one result out.
const port = parentPort;
if (port === null) throw new Error("The extraction thread is not to be run as a program.");
const send = (message: ThreadMessage, handedOver: ArrayBufferLike[] = []) =>
  port.postMessage(
    message,
    handedOver.filter((block) => block instanceof ArrayBuffer),
  );

try {
  const { path, type, name } = threadInput.parse(workerData);
  const { sections, pageCount } = await EXTRACTORS[type](await readFile(path), (done, total) =>
    send({ kind: "progress", done, total }),
  );
  const { text, sections: placed } = assembleText(sections);
  if (!hasWords(text)) throw new ExtractionError("no-text");
  if (text.length > maxTextChars) throw new ExtractionError("too-much-text");
  const { chunks, postings, ...prepared } = prepareDocument(name, text, placed);
  const places = chunks.map(({ start, end, heading, page }) => ({ start, end, heading, page }));
  send({ kind: "done", result: { ...prepared, pageCount, chunks: places, postings } }, blocksOf(postings));
} catch (error) {
  if (!(error instanceof ExtractionError)) throw error;
  send({ kind: "refused", reason: error.reason });
}
