"use client";

import { lazy, Suspense } from "react";
import { cn } from "./cn";
import type { MarkdownBodyProps } from "./markdown-body";

// The renderer weighs more than a page, so it comes by itself; until then the plain text stands in for it.
const MarkdownBody = lazy(() => import("./markdown-body"));

/** Answers and documents as rich text. Foreign HTML stays text, images are not loaded, links lead to http, https, mailto and tel only. */
export function Markdown({ className, ...body }: MarkdownBodyProps & { className?: string }) {
  return (
    <div className={cn("prose-chat", className)} data-streaming={body.isStreaming || undefined}>
      <Suspense fallback={<p className="whitespace-pre-wrap">{body.text}</p>}>
        <MarkdownBody {...body} />
      </Suspense>
    </div>
  );
}
