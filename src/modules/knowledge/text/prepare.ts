import { type Chunk, chunkText, type Section } from "./chunking";
import { detectLanguage } from "./language";
import { buildPostings, type PackedPostings } from "./postings";

/** A text with everything that makes it findable. */
export type PreparedDocument = {
  text: string;
  language: string | null;
  chunks: Chunk[];
  postings: PackedPostings;
  termCount: number;
};

/** Language, passages and index of a text; `name` is the document's name, whose words are searched too. */
export function prepareDocument(name: string, text: string, sections: Section[]): PreparedDocument {
  const language = detectLanguage(text);
  const chunks = chunkText(text, sections);
  return { text, language, chunks, ...buildPostings(chunks, name, language) };
}

/** Whether there is anything to search for: invisible characters and dots are no text. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
