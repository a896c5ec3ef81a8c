import * as z from "zod";
import { FILE_TYPES, type FileType, type IngestionFailure } from "../../contract";
import type { PreparedDocument } from "../../text/prepare";

const types = Object.keys(FILE_TYPES).filter((key): key is FileType => key in FILE_TYPES);

/** What the thread is started with: a file on this machine's disk the reader to use, and the document's name. */
export const threadInput = z.object({ path: z.string(), type: z.enum(types), name: z.string() });

/** A file turned into knowledge, before anything is stored. */
export type ReadDocument = PreparedDocument & { pageCount: number | null };

export type ThreadInput = z.infer<typeof threadInput>;

export type ThreadMessage =
  | { kind: "progress"; done: number; total: number }
  | { kind: "done"; result: ReadDocument }
  | { kind: "refused"; reason: IngestionFailure };
