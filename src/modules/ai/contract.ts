import type { AssistantLanguage, NoAnswerPolicy, Tone } from "@/db/enums";
import type { Locale } from "@/lib/locales";

/** How a model is offered to an owner; the ids behind the levels differ between providers. */
export const MODEL_LEVELS = ["fast", "balanced", "best"] as const;
export type ModelLevel = (typeof MODEL_LEVELS)[number];

export const PROVIDERS = ["openai", "anthropic", "google", "built-in"] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** The model that quotes the knowledge when no provider is configured. */
export const QUOTING_MODEL = "quoting";

export type OfferedModel = {
  id: string;
  provider: ProviderName;
  /** Null when the provider offers models that cannot be ranked. */
  level: ModelLevel | null;
  isDemo: boolean;
};

/** A found passage as the model sees it. Its place in the list, from 1, is the number that a citation names. */
export type ModelPassage = {
  title: string;
  heading: string;
  text: string;
  /** The text is the answer of a question-and-answer entry. */
  isQa: boolean;
  score: number;
};

export type ModelMessage = { role: "user" | "assistant"; text: string };

/** What one answer is made from. */
export type AnswerRequest = {
  model: string;
  system: string;
  messages: ModelMessage[];
  question: string;
  /** The questions that a follow-up leans on, nearest first. */
  earlier: readonly string[];
  /** The language of the dialog, where words must be chosen without a model. */
  language: Locale;
  passages: ModelPassage[];
  noAnswer: NoAnswerPolicy;
  signal: AbortSignal;
};

export type AnswerUsage = { promptTokens: number | null; completionTokens: number | null };

export type AnswerPart =
  | { type: "model"; provider: ProviderName; model: string; isDemo: boolean }
  | { type: "text"; text: string }
  | { type: "finish"; usage: AnswerUsage };

/** What of an assistant shapes its prompt. */
export type PromptAssistant = {
  name: string;
  instructions: string;
  tone: Tone;
  language: AssistantLanguage;
  noAnswerPolicy: NoAnswerPolicy;
};

export const TEMPLATE_CODES = [
  "support",
  "sales",
  "faq",
  "universal",
  "customer-service",
  "sales-consultant",
  "technical-support",
  "hr",
] as const;
export type TemplateCode = (typeof TEMPLATE_CODES)[number];

export type PromptTemplate = { code: TemplateCode; language: Locale; title: string; summary: string; body: string };
