"use client";

/** A letter as its reader sees it, in a frame that runs nothing. */
export function LetterPreview({ html, title }: { html: string; title: string }) {
  return (
    <iframe
      title={title}
      // Without `allow-scripts` nothing in it runs; the same origin lets this page style it.
      sandbox="allow-same-origin"
      srcDoc={withheldStyles(html)}
      onLoad={(event) => applyStyles(event.currentTarget.contentDocument)}
      className="h-120 w-full rounded-md border bg-[#fff]"
    />
  );
}

// Letters style themselves inline, which the policy of this page forbids, also inside the frame. So the attributes are
// carried as data and set by script, which the policy allows. A quote inside of a text is escaped and never matches.
function withheldStyles(html: string): string {
  return html.replaceAll(' style="', ' data-style="');
}

function applyStyles(document: Document | null): void {
  for (const element of document?.querySelectorAll<HTMLElement>("[data-style]") ?? []) {
    element.style.cssText = element.dataset.style ?? "";
  }
}
