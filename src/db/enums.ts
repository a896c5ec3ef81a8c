export const USER_ROLES = ["user", "admin"] as const;
export const USER_STATUSES = ["active", "blocked", "deleted"] as const;
export const MEMBER_ROLES = ["owner", "admin", "operator"] as const;
export const AUTH_CODE_PURPOSES = ["confirm-email", "reset-password"] as const;
export const EMAIL_STATUSES = ["queued", "sent", "kept", "failed"] as const;
export const TONES = ["friendly", "formal", "informal", "enthusiastic"] as const;
export const ASSISTANT_LANGUAGES = ["auto", "ru", "en"] as const;
export const NO_ANSWER_POLICIES = ["say-so", "clarify"] as const;
export const DOCUMENT_KINDS = ["file", "text"] as const;
export const DOCUMENT_STATUSES = [
  "queued",
  "extracting",
  "chunking",
  "embedding",
  "ready",
  "failed",
  "quarantined",
] as const;
export const CHANNELS = ["preview", "widget", "telegram", "api"] as const;
export const DIALOG_STATUSES = ["open", "ended"] as const;
export const HANDOFF_STATUSES = ["none", "requested", "active"] as const;
export const HANDOFF_REASONS = ["keyword", "fallback", "retries", "manual", "auto_trigger", "operator_lost"] as const;
export const HANDOFF_OUTCOMES = ["released", "cancelled", "expired", "closed"] as const;
/** What may pass a dialog to people; which of them do is set per assistant. */
export const HANDOFF_TRIGGERS = ["words", "buttons", "model", "gave-up", "trouble", "rating"] as const;
/** Who is told of a wait: whoever had the dialog before, everybody who may take it, owners and admins, further addresses. */
export const HANDOFF_AUDIENCES = ["holder", "team", "owners", "extra"] as const;
export const PRESENCE_STATUSES = ["online", "away", "offline"] as const;
export const SOUND_VOLUMES = ["off", "quiet", "loud"] as const;
/** What became of a dialog, in the words of whoever closed it. */
export const RESOLUTIONS = ["solved", "unsolved", "spam"] as const;
/** Who carried the part of a dialog that a rating is about. */
export const RATED_PARTS = ["assistant", "operator"] as const;
export const AUTHORS = ["visitor", "assistant", "operator", "system"] as const;
export const GENERATION_STATES = ["running", "delivered", "failed", "superseded", "discarded"] as const;
export const DELIVERY_STATES = ["queued", "sending", "sent", "uncertain", "failed"] as const;
export const BOT_STATUSES = ["starting", "online", "offline", "error", "invalid_token"] as const;
export const UPDATE_STATES = ["recorded", "processed", "ignored", "failed"] as const;
export const ATTACHMENT_KINDS = [
  "photo",
  "document",
  "voice",
  "audio",
  "video",
  "video_note",
  "animation",
  "sticker",
  "location",
  "contact",
  "poll",
] as const;
export const SERVICES = [
  "answer_preview",
  "answer_widget",
  "answer_telegram",
  "answer_api",
  "answer_intent",
  "document_processed",
] as const;
export const HOLD_STATES = ["open", "captured", "released"] as const;
export const HOLD_REFERENCES = ["generation", "document"] as const;
export const LEDGER_KINDS = [
  "payment",
  "refund",
  "charge_answer",
  "charge_document",
  "hold",
  "release",
  "welcome_bonus",
  "promo_bonus",
  "referral_bonus",
  "referral_share",
  "admin_adjustment",
] as const;
export const LEDGER_ACCOUNTS = [
  "available",
  "held",
  "revenue",
  "clearing:yookassa",
  "clearing:tbank",
  "clearing:stripe",
  "clearing:demo",
  "granted:welcome",
  "granted:promo",
  "granted:referral",
  "adjustments",
] as const;
export const AI_PROVIDERS = ["openai", "anthropic", "google"] as const;
export const AI_KEY_SOURCES = ["panel", "environment"] as const;
export const AI_USAGE_PURPOSES = [
  "answer",
  "digest",
  "embedding",
  "summary",
  "replay",
  "transcription",
  "draft",
  "translation",
] as const;
export const DRAFT_KINDS = ["reply", "note"] as const;
export const REPLY_FILE_KINDS = ["photo", "document"] as const;
export const AI_USAGE_OUTCOMES = ["delivered", "failed", "superseded", "discarded"] as const;

export type UserRole = (typeof USER_ROLES)[number];
export type UserStatus = (typeof USER_STATUSES)[number];
export type MemberRole = (typeof MEMBER_ROLES)[number];
export type Tone = (typeof TONES)[number];
export type AssistantLanguage = (typeof ASSISTANT_LANGUAGES)[number];
export type NoAnswerPolicy = (typeof NO_ANSWER_POLICIES)[number];
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];
export type Channel = (typeof CHANNELS)[number];
export type HandoffStatus = (typeof HANDOFF_STATUSES)[number];
export type HandoffReason = (typeof HANDOFF_REASONS)[number];
export type HandoffOutcome = (typeof HANDOFF_OUTCOMES)[number];
export type HandoffTrigger = (typeof HANDOFF_TRIGGERS)[number];
export type HandoffAudience = (typeof HANDOFF_AUDIENCES)[number];
export type PresenceStatus = (typeof PRESENCE_STATUSES)[number];
export type SoundVolume = (typeof SOUND_VOLUMES)[number];
export type Resolution = (typeof RESOLUTIONS)[number];
export type RatedPart = (typeof RATED_PARTS)[number];
export type Author = (typeof AUTHORS)[number];
export type GenerationState = (typeof GENERATION_STATES)[number];
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];
export type BotStatus = (typeof BOT_STATUSES)[number];
export type Service = (typeof SERVICES)[number];
export type HoldReference = (typeof HOLD_REFERENCES)[number];
export type LedgerKind = (typeof LEDGER_KINDS)[number];
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];
export type AiProvider = (typeof AI_PROVIDERS)[number];
export type DraftKind = (typeof DRAFT_KINDS)[number];
export type ReplyFileKind = (typeof REPLY_FILE_KINDS)[number];
export type AiUsagePurpose = (typeof AI_USAGE_PURPOSES)[number];
export type AiUsageOutcome = (typeof AI_USAGE_OUTCOMES)[number];
