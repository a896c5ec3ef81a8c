import * as z from "zod";
import type { Author } from "@/db/enums";
import { LOCALES } from "@/lib/locales";

/** A stranger's question is short; the rest of the product allows 10,000 characters. */
export const DEMO_TEXT_CHARS = 500;

const locale = z.enum(LOCALES);

export const demoQuestionInput = z.object({
  /** The language of the page, which decides which of the two assistants answers. */
  locale,
  /** The browser's own id of the message: the same id again returns the same answer. */
  id: z.uuid(),
  text: z.string().trim().min(1).max(DEMO_TEXT_CHARS),
});

export const stopDemoInput = z.object({ locale });

export type DemoQuestionInput = z.infer<typeof demoQuestionInput>;

export type DemoCitation = { n: number; title: string; quote: string };

export type DemoMessage = {
  /** Of a question: the browser's own id, so that an answer that was not awaited can be asked for again. */
  id: string;
  author: Extract<Author, "visitor" | "assistant">;
  text: string;
  citations: DemoCitation[];
};

/** What the landing page shows of the demo assistant. */
export type DemoShow = {
  name: string;
  greeting: string;
  starters: string[];
  /** The longest question that its door takes. */
  maxChars: number;
  history: DemoMessage[];
};

export const SCREENSHOT_NAMES = ["inbox", "assistant", "why"] as const;

/** A picture of the running product in both themes, as addresses. */
export type Screenshot = { name: (typeof SCREENSHOT_NAMES)[number]; light: string; dark: string };
