import * as z from "zod";
import {
  ASSISTANT_LANGUAGES,
  type AssistantLanguage,
  HANDOFF_TRIGGERS,
  type HandoffTrigger,
  NO_ANSWER_POLICIES,
  type NoAnswerPolicy,
  type Tone,
  TONES,
} from "@/db/enums";
import { storable } from "@/lib/text";
import { assistantLimits } from "./limits";

const text = z.string().overwrite(storable);
const name = text.trim().min(1).max(assistantLimits.nameChars);

/** Text is stored as typed: only its length is checked. */
const assistantFields = {
  instructions: text.max(assistantLimits.instructionsChars),
  /** Empty: the platform's default model. */
  model: z.string().trim().max(200),
  tone: z.enum(TONES),
  language: z.enum(ASSISTANT_LANGUAGES),
  greeting: text.max(assistantLimits.greetingChars),
  starters: z.array(text.trim().min(1).max(assistantLimits.starterChars)).max(assistantLimits.starters),
  noAnswerPolicy: z.enum(NO_ANSWER_POLICIES),
  handoffTriggers: z.array(z.enum(HANDOFF_TRIGGERS)).overwrite((triggers) => [...new Set(triggers)]),
  saysHandoffWords: z.boolean(),
  showSources: z.boolean(),
  asksForThumbs: z.boolean(),
  isActive: z.boolean(),
};

const optionalFields = z.object(assistantFields).partial();

export const createAssistantInput = optionalFields.extend({ name });
export const updateAssistantInput = optionalFields.extend({
  id: z.uuid(),
  name: name.optional(),
  /** The version that was edited. With it, an edit made in another tab meanwhile is a CONFLICT instead of lost. */
  version: z.int().positive().optional(),
});
export const assistantRef = z.object({ id: z.uuid() });
export const listAssistantsInput = z
  .object({ cursor: z.string().max(100).optional(), limit: z.int().min(1).max(100).default(50) })
  .prefault({});

export type CreateAssistantInput = z.infer<typeof createAssistantInput>;
export type UpdateAssistantInput = z.infer<typeof updateAssistantInput>;
export type ListAssistantsInput = z.infer<typeof listAssistantsInput>;

export type Assistant = {
  id: string;
  name: string;
  instructions: string;
  model: string;
  tone: Tone;
  language: AssistantLanguage;
  greeting: string;
  starters: string[];
  noAnswerPolicy: NoAnswerPolicy;
  /** What passes a dialog to people. */
  handoffTriggers: HandoffTrigger[];
  /** Whether the words with which it passes a dialog on are said, free of charge. */
  saysHandoffWords: boolean;
  showSources: boolean;
  /** Whether thumbs stand under its answers where the channel can show them. */
  asksForThumbs: boolean;
  isActive: boolean;
  /** Rises with every change of behaviour or knowledge. */
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

export type AssistantCard = Pick<Assistant, "id" | "name" | "isActive" | "model" | "createdAt"> & {
  documentCount: number;
  failedDocumentCount: number;
  /** Dialogs with customers that began in the last seven days. */
  recentDialogCount: number;
  bots: { username: string; status: string }[];
};
