"use client";

import { type ComponentType, lazy, Suspense } from "react";
import { withoutCitations, withoutMarkdown } from "@/lib/text";
import { cn } from "./cn";
import type { MarkdownBodyProps } from "./markdown-body";

// The renderer weighs more than a page, so it comes by itself; until then the plain text stands in for it.
const LazyBody = lazy(loadMarkdown);
// A lazy component shows its fallback once even when its code is there; this one does not.
let loaded: ComponentType<MarkdownBodyProps> | undefined;

/** Fetches the renderer; once it is there, no plain text stands in for it. */
export async function loadMarkdown() {
  const body = await import("./markdown-body");
  loaded = body.default;
  return body;
}

/** Fetches the renderer ahead of the first answer. */
export function preloadMarkdown(): void {
  // A page that is offline gets its error from the render that needs it.
  loadMarkdown().catch(() => undefined);
}

const HALF_CITATION = /\s?\[\d{0,2}$/;

/** Answers and documents as rich text. Foreign HTML stays text, images are not loaded, links lead to http, https, mailto and tel only. */
export function Markdown({ className, text, ...rest }: MarkdownBodyProps & { className?: string }) {
  const MarkdownBody = loaded ?? LazyBody;
  const shown = rest.isStreaming && rest.citation ? text.replace(HALF_CITATION, "") : text;
  const plain = withoutMarkdown(rest.citation ? withoutCitations(shown) : shown);
  return (
    <div className={cn("prose-chat", className)} data-streaming={rest.isStreaming || undefined}>
      <Suspense
        fallback={
          <p data-plain className="whitespace-pre-wrap">
            {plain}
          </p>
        }
      >
        <MarkdownBody text={shown} {...rest} />
      </Suspense>
    </div>
  );
}
