import type { AiUsageOutcome, AiUsagePurpose, AssistantLanguage, NoAnswerPolicy, Tone } from "@/db/enums";
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

/** Whom a provider's call is made for. */
export type UsageSubject = {
  workspaceId: string | null;
  assistantId?: string | null;
  dialogId?: string | null;
  /** The visitor's message that is being answered. */
  messageId?: string | null;
};

/** One call of a provider. The pool fills it in while it runs; its numbers are final when the call has ended. */
export type ProviderCall = {
  /** Null for the built-in model. */
  keyId: string | null;
  provider: ProviderName;
  model: string;
  startedAt: Date;
  promptTokens: number | null;
  completionTokens: number | null;
  costMicros: number | null;
  /** From the request to the last word; null while the call runs. */
  durationMs: number | null;
  /** Its row is written, or on its way. */
  isRecorded: boolean;
};

export type CallUsage = UsageSubject & { purpose: AiUsagePurpose; outcome: AiUsageOutcome; errorCode?: string };

/** What one answer is made from. */
export type AnswerRequest = {
  /** Whom the calls are counted for; nobody when it is absent. */
  subject?: UsageSubject;
  /** What the calls are counted as; an answer to a visitor when it is absent. */
  purpose?: AiUsagePurpose;
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
  /** Whether a visitor who asks for a person gets one. */
  offersPerson: boolean;
  /** Whether the model itself may call one; the built-in model never does. */
  mayCallPerson?: boolean;
  signal: AbortSignal;
  /** The longest silence of a provider, before the first token and between two; 30 s unless told otherwise. */
  silenceMs?: number;
};

export type AnswerUsage = { promptTokens: number | null; completionTokens: number | null };

export type AnswerPart =
  /** A provider is being asked; another one of these follows when it fails before its first word. */
  | { type: "call"; call: ProviderCall }
  | { type: "model"; provider: ProviderName; model: string; isDemo: boolean }
  | { type: "text"; text: string }
  /** The model wants a person of the team to answer, and says why. */
  | { type: "person"; reason: string }
  | { type: "finish"; usage: AnswerUsage };

/** What of an assistant shapes its prompt. */
export type PromptAssistant = {
  name: string;
  instructions: string;
  tone: Tone;
  language: AssistantLanguage;
  noAnswerPolicy: NoAnswerPolicy;
  /** Whether a visitor who asks for a person gets one. */
  offersPerson: boolean;
  /** Whether the model has a tool for calling one by itself. */
  mayCallPerson?: boolean;
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
