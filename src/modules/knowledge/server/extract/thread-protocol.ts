import * as z from "zod";
import { FILE_TYPES, type FileType, type IngestionFailure } from "../../limits";
import type { Chunk } from "../../text/chunking";
import type { PreparedDocument } from "../../text/prepare";

const types = Object.keys(FILE_TYPES).filter((key): key is FileType => key in FILE_TYPES);

/** What the thread is started with: a file on this machine's disk the reader to use, and the document's name. */
export const threadInput = z.object({ path: z.string(), type: z.enum(types), name: z.string() });

/** A file turned into knowledge, before anything is stored. */
export type ReadDocument = PreparedDocument & { pageCount: number | null };

/** What travels between the threads: passages are cut from the text again on arrival, so that it is copied once. */
export type SentDocument = Omit<ReadDocument, "chunks"> & { chunks: Omit<Chunk, "text">[] };

export type ThreadInput = z.infer<typeof threadInput>;

export type ThreadMessage =
  | { kind: "progress"; done: number; total: number }
  | { kind: "done"; result: SentDocument }
  | { kind: "refused"; reason: IngestionFailure };
