const CODE_SPAN = /`([^`\n]+)`/g;
const LINK = /\]\(([^)\s]+)\)/g;
const FENCE = /^```[\s\S]*?^```/gm;
const FOLDERS = /^(?:\.\/)?((?:src|e2e|drizzle|public|\.ci)\/[^\s:#]+)/;
const PLACEHOLDER = /[<>{}*…[\]]|\.\.\./;

/** The paths of this repository that a Markdown text names, in code spans and in relative links; patterns are not paths. */
export function citedPaths(markdown: string): string[] {
  const text = markdown.replace(FENCE, "");
  const spans = [...text.matchAll(CODE_SPAN)].flatMap(([, span = ""]) => FOLDERS.exec(span)?.[1] ?? []);
  const links = [...text.matchAll(LINK)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^([a-z]+:|\/)/i.test(target));
  return [...new Set([...spans, ...links])]
    .filter((cited) => !PLACEHOLDER.test(cited))
    .map((cited) => cited.replace(/[.,;]$/, ""));
}
