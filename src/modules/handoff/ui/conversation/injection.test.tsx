import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import MarkdownBody from "@/components/markdown-body";
import { MESSAGES } from "@/i18n/messages";
import type { DialogDetail, MessageItem, NoteItem } from "@/modules/dialogs/contract";
import type { ThreadRow } from "@/modules/handoff/conversation/rules";
import { trpc } from "@/trpc/client";
import { AnswerVoiceProvider } from "./answer-voice";
import { NewMessages } from "./new-messages";
import { ThreadLine } from "./thread-line";

const at = new Date("2025-11-22T12:00:00Z");

const hostile = {
  script: `<script>alert(1)</script>`,
  image: `<img src=x onerror="alert(1)">`,
  svg: `<svg/onload=alert(1)>`,
  attribute: `" onmouseover="alert(1)" x="`,
  closing: `</p></article><iframe src="javascript:alert(1)"></iframe>`,
  entities: `&lt;img src=x onerror=alert(1)&gt; &#60;b&#62;`,
  link: `[click](javascript:alert(1)) <javascript:alert(1)> [x](JaVaScRiPt:alert(1)) [d](data:text/html,<script>alert(1)</script>)`,
  markdownImage: `![a cat](https://tracker.example/pixel.png) ![x](javascript:alert(1))`,
  style: `<style>*{display:none}</style><b style="position:fixed">x</b>`,
  template: `{{constructor.constructor('alert(1)')()}} \${alert(1)}`,
  mention: `@[0199d3a0-0000-7000-8000-000000000001] <b>`,
  rtl: `\u202Egnp.exe\u202C \u2066<b>\u2069`,
  huge: "Ж".repeat(5_000),
  emoji: "👩‍👩‍👧‍👦🏳️‍🌈".repeat(200),
  cyrillic: "Съешь же ещё этих мягких французских булок",
  newlines: "\n\r\n\u2028\u2029<hr>",
};

const dialog = (name: string): DialogDetail => ({
  id: "0199d3a0-0000-7000-8000-000000000002",
  channel: "telegram",
  assistantId: "0199d3a0-0000-7000-8000-000000000003",
  assistantName: name,
  visitorName: name,
  visitorUsername: name,
  visitorLocale: name,
  source: name,
  lastMessage: name,
  lastMessageAt: at,
  status: "open",
  handoffStatus: "active",
  unreadCount: 0,
  messageCount: 1,
  lastAttachment: null,
  rating: null,
  thumbs: { up: 0, down: 0 },
  createdAt: at,
  isReachable: true,
  botUsername: name,
  endedAt: null,
  tags: [name],
  resolution: null,
  resolutionNote: "",
  closedByName: null,
  firstReply: { aiMs: null, personMs: null },
});

function message(author: MessageItem["author"], text: string, more: Partial<MessageItem> = {}): MessageItem {
  return {
    id: "0199d3a0-0000-7000-8000-000000000004",
    seq: 1,
    author,
    authorId: null,
    authorName: text,
    text,
    attachment: null,
    editedAt: at,
    earlier: [{ text, at: at.toISOString() }],
    removedAt: null,
    removedByName: null,
    change: null,
    createdAt: at,
    delivery: null,
    citations: [],
    replyToId: null,
    clientId: "c",
    isDemoModel: false,
    chargeMicros: null,
    visitorThumb: null,
    ownThumb: null,
    ...more,
  };
}

const rail = { key: "k", holder: "ai", startsHere: true } as const;
const spoken = (said: MessageItem): ThreadRow => ({ ...rail, kind: "message", message: said, hasHeader: true });
const note = (text: string): NoteItem => ({
  id: "n",
  text,
  authorId: null,
  authorName: text,
  createdAt: at,
  mentions: [{ userId: "0199d3a0-0000-7000-8000-000000000001", name: text }],
});

/** Every place of the conversation where words of a stranger may stand. */
const bubbles: Record<string, (text: string) => ThreadRow> = {
  "a visitor's message": (text) => spoken(message("visitor", text)),
  "an answer": (text) => spoken(message("assistant", text)),
  "an operator's message": (text) => spoken(message("operator", text)),
  "a line of the system": (text) => spoken(message("system", text)),
  "a deleted message": (text) => spoken(message("operator", "", { removedAt: at, removedByName: text })),
  "a message that the visitor took back": (text) => spoken(message("visitor", text, { removedAt: at })),
  "a note": (text) => ({ ...rail, kind: "note", note: note(text), hasHeader: true }),
  "an unsent draft": (text) => ({ ...rail, kind: "draft", draft: { id: "d", text, at } }),
  "an answer being written": (text) => ({ ...rail, kind: "live", text }),
};

const voice = {
  renderAnswer: ({ text }: MessageItem) => <MarkdownBody text={text} />,
  renderGrowing: (text: string) => <MarkdownBody text={text} isStreaming />,
};

function render(element: ReactElement): string {
  const queryClient = new QueryClient();
  const client = trpc.createClient({ links: [] });
  return renderToStaticMarkup(
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <NextIntlClientProvider locale="en" timeZone="UTC" now={at} messages={MESSAGES.en}>
          <AnswerVoiceProvider value={voice}>{element}</AnswerVoiceProvider>
        </NextIntlClientProvider>
      </QueryClientProvider>
    </trpc.Provider>,
  );
}

/** The tags and attributes of a piece of HTML; text between them does not count. */
function elementsOf(html: string): { tag: string; attributes: string }[] {
  return [...html.matchAll(/<([a-zA-Z][\w-]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/g)].map(([, tag, attributes]) => ({
    tag: tag ?? "",
    attributes: attributes ?? "",
  }));
}

const FORBIDDEN_TAGS = /^(script|img|iframe|object|embed|style|link|meta|base|form|hr)$/i;

describe.each(Object.entries(bubbles))("in %s", (_name, rowOf) => {
  it.each(Object.entries(hostile))("%s stays words", (_kind, text) => {
    const html = render(<ThreadLine row={rowOf(text)} dialog={dialog(text)} />);
    for (const { tag, attributes } of elementsOf(html)) {
      expect(tag).not.toMatch(FORBIDDEN_TAGS);
      expect(attributes).not.toMatch(/\s(on\w+|style)\s*=/i);
      expect(attributes).not.toMatch(/\s(href|src|action|formaction)="\s*(?!https?:|mailto:|tel:|\/|#)/i);
    }
    expect(html).not.toMatch(/<[^>]+=\s*"?\s*javascript:/i);
    expect(html).not.toContain('src="https://tracker.example');
  });
});

it("what is read out to a screen reader stays words too", () => {
  // The region is empty until something new is said, so it is given an older message to begin with.
  const html = render(<NewMessages messages={[message("visitor", hostile.image)]} />);
  expect(html).not.toContain("<img");
});

it("words keep their own direction and never turn what stands around them", () => {
  const html = render(<ThreadLine row={spoken(message("visitor", hostile.rtl))} dialog={dialog("Maria")} />);
  expect(html).toMatch(/<p dir="auto"[^>]*unicode-bidi:isolate[^>]*>/);
});

it("words without a space wrap instead of widening the page", () => {
  const html = render(<ThreadLine row={spoken(message("visitor", hostile.huge))} dialog={dialog("Maria")} />);
  expect(html).toMatch(/wrap-anywhere[^>]*>Ж{5000}</);
});

it("what was typed is shown letter by letter", () => {
  for (const text of [hostile.cyrillic, hostile.template, "1 < 2 && 3 > 2"]) {
    const html = render(<ThreadLine row={spoken(message("visitor", text))} dialog={dialog("Maria")} />);
    const shown = html
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&#x27;", "'")
      .replaceAll("&amp;", "&");
    expect(shown).toContain(`>${text}</p>`);
  }
});
