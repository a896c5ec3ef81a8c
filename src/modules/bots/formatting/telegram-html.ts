import { markdownToRuns } from "./markdown";
import { bold, expandableQuote, type Run } from "./runs";
import { hasVisibleText, type Part, splitRuns } from "./split";

const MAX_SOURCES = 3;

export type Source = { n: number; title: string };

/**
 * An answer in markdown as Telegram messages in order; up to three sources follow in one expandable quote. Signs that mean
 * nothing without words, such as a lone `#`, are sent as they were written.
 */
export function formatAnswer(markdown: string, sources: readonly Source[] = [], sourcesLabel = ""): Part[] {
  const formatted = markdownToRuns(markdown);
  const answer = hasVisibleText(formatted) ? formatted : [{ text: markdown, marks: [] }];
  return splitRuns([...answer, ...sourceRuns(sources, sourcesLabel)]);
}

/** What a person typed, letter by letter and without markdown, under the speaker's name when there is one. */
export function formatWords(text: string, speaker = ""): Part[] {
  const name: Run[] =
    speaker === ""
      ? []
      : [
          { text: speaker, marks: [bold()] },
          { text: "\n", marks: [] },
        ];
  return splitRuns([...name, { text, marks: [] }]);
}

function sourceRuns(sources: readonly Source[], label: string): Run[] {
  if (sources.length === 0) return [];
  const lines = sources.slice(0, MAX_SOURCES).map(({ n, title }) => `[${n}] ${title.replaceAll(/\s+/g, " ").trim()}`);
  return [
    { text: "\n\n", marks: [] },
    { text: [label, ...lines].join("\n"), marks: [expandableQuote()] },
  ];
}
