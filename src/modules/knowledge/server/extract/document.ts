import { type IngestionFailure, knowledgeLimits } from "../../limits";
import type { ExtractedSection } from "../../text/chunking";

export type { ExtractedSection };

/** Called after each unit of work, such as a page, so that the person sees where it is. */
export type ReportProgress = (done: number, total: number) => void;

/** What a file contained. `pageCount` is null for formats without pages. */
export type Extracted = { sections: ExtractedSection[]; pageCount: number | null };

/** One file type's reader: pure over the bytes. Throws `ExtractionError` for what a person can act on. */
export type Extractor = (bytes: Uint8Array, report: ReportProgress) => Promise<Extracted> | Extracted;

/** The file cannot become knowledge, for a reason that the person is told. */
export class ExtractionError extends Error {
  override readonly name = "ExtractionError";

  constructor(
    readonly reason: IngestionFailure,
    options?: ErrorOptions,
  ) {
    super(`File could not be read: ${reason}.`, options);
  }
}

/** Most text taken from one file: as much as the largest plain text file that is accepted. */
export const maxTextChars = knowledgeLimits.fileBytes;
