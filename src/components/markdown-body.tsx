"use client";

import { useTranslations } from "next-intl";
import { useMemo, type ComponentProps, type ReactNode } from "react";
import { Streamdown, type Components, type ExtraProps } from "streamdown";
import { markCitations } from "./markdown-citations";

export type MarkdownBodyProps = {
  text: string;
  /** Closes unfinished markdown on the fly and shows the caret. */
  isStreaming?: boolean;
  /** Draws the mark `[n]`; without it marks stay text. Keep it stable between renders. */
  citation?: (number: number) => ReactNode;
};

type ElementProps<Tag extends "a" | "img" | "table" | "code" | "th" | "td"> = ComponentProps<Tag> & ExtraProps;

const SAFE_LINK = /^(https?:|mailto:|tel:)/i;

// Headings of an answer stand below those of the page; everything else is plain elements under `.prose-chat`.
const plain = {
  h1: "h3",
  h2: "h4",
  h3: "h5",
  h4: "h6",
  h5: "h6",
  h6: "h6",
  p: "p",
  ul: "ul",
  ol: "ol",
  li: "li",
  hr: "hr",
  strong: "strong",
  blockquote: "blockquote",
  thead: "thead",
  tbody: "tbody",
  tr: "tr",
  th: HeaderCell,
  td: DataCell,
  sub: "sub",
  sup: "sup",
  section: "section",
  pre: "pre",
  code: Code,
  inlineCode: Code,
  a: SafeLink,
  img: ImageName,
  table: WideTable,
} satisfies Components;

/** The heavy part of `Markdown`; import that one. */
export default function MarkdownBody({ text, isStreaming = false, citation }: MarkdownBodyProps) {
  const components = useMemo<Components>(
    () => ({ ...plain, cite: ({ node }: ExtraProps) => <>{citation?.(Number(node?.properties.dataNumber))}</> }),
    [citation],
  );
  return (
    <Streamdown
      mode={isStreaming ? "streaming" : "static"}
      isAnimating={isStreaming}
      rehypePlugins={citation ? [markCitations] : []}
      urlTransform={(url, key) => (key === "href" && SAFE_LINK.test(url) ? url : undefined)}
      linkSafety={{ enabled: false }}
      controls={false}
      components={components}
      className="contents"
    >
      {text}
    </Streamdown>
  );
}

function SafeLink({ href, children }: ElementProps<"a">) {
  const t = useTranslations("common.markdown");
  if (!href) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
      <span className="sr-only"> ({t("opensInNewTab")})</span>
    </a>
  );
}

function ImageName({ alt }: ElementProps<"img">) {
  return alt ? <span>{alt}</span> : null;
}

function WideTable({ children }: ElementProps<"table">) {
  return (
    <div className="overflow-x-auto">
      <table>{children}</table>
    </div>
  );
}

function Code({ className, children }: ElementProps<"code">) {
  return <code className={className}>{children}</code>;
}

// The parser asks for a `style` attribute, which the content security policy refuses.
const cellAlign = (style: ComponentProps<"td">["style"]) => (style?.textAlign === "right" ? "text-right" : undefined);

function HeaderCell({ style, children }: ElementProps<"th">) {
  return <th className={cellAlign(style)}>{children}</th>;
}

function DataCell({ style, children }: ElementProps<"td">) {
  return <td className={cellAlign(style)}>{children}</td>;
}
