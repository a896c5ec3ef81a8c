import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import { LETTERS, type LetterPayload } from "../contract";
import type { LetterKind } from "../limits";

/** A letter before it is drawn: the HTML and the plain text say the same because both are made from this. */
export type Letter = {
  subject: string;
  heading: string;
  paragraphs: string[];
  code?: string;
  action?: { label: string; url: string };
  note?: string;
  linkFallback: string;
  footer: string;
};

type Composer<K extends LetterKind> = (
  payload: LetterPayload<K>,
  t: Translate,
) => Omit<Letter, "linkFallback" | "footer">;
type Translate = ReturnType<typeof translatorFor>;

const COMPOSERS: { [K in LetterKind]: Composer<K> } = {
  "confirm-code": ({ code }, t) => ({
    subject: t("confirm-code.subject", { code }),
    heading: t("confirm-code.heading"),
    paragraphs: [t("confirm-code.body")],
    code,
    note: t("confirm-code.note"),
  }),
  welcome: ({ url }, t) => ({
    subject: t("welcome.subject"),
    heading: t("welcome.heading"),
    paragraphs: [t("welcome.body")],
    action: { label: t("welcome.action"), url },
  }),
  "reset-password": ({ url }, t) => ({
    subject: t("reset-password.subject"),
    heading: t("reset-password.heading"),
    paragraphs: [t("reset-password.body")],
    action: { label: t("reset-password.action"), url },
    note: t("reset-password.note"),
  }),
  invitation: ({ workspaceName, inviterName, url }, t) => ({
    subject: t("invitation.subject", { workspaceName }),
    heading: t("invitation.heading", { workspaceName }),
    paragraphs: [inviterName ? t("invitation.body", { inviterName }) : t("invitation.bodyWithoutName")],
    action: { label: t("invitation.action"), url },
    note: t("invitation.note"),
  }),
  "known-address": ({ loginUrl, resetUrl }, t) => ({
    subject: t("known-address.subject"),
    heading: t("known-address.heading"),
    paragraphs: [t("known-address.body", { resetUrl })],
    action: { label: t("known-address.action"), url: loginUrl },
    note: t("known-address.note"),
  }),
  "bot-token-invalid": ({ botName, assistantName, url }, t) => ({
    subject: t("bot-token-invalid.subject", { botName }),
    heading: t("bot-token-invalid.heading", { botName }),
    paragraphs: [t("bot-token-invalid.body", { assistantName })],
    action: { label: t("bot-token-invalid.action"), url },
  }),
  "bot-taken-over": ({ botName, assistantName, url }, t) => ({
    subject: t("bot-taken-over.subject", { botName }),
    heading: t("bot-taken-over.heading", { botName }),
    paragraphs: [t("bot-taken-over.body", { assistantName })],
    action: { label: t("bot-taken-over.action"), url },
  }),
  "balance-low": ({ workspaceName, answers, url }, t) => ({
    subject: t("balance-low.subject", { answers, workspaceName }),
    heading: t("balance-low.heading", { answers }),
    paragraphs: [t("balance-low.body", { workspaceName })],
    action: { label: t("balance-low.action"), url },
  }),
  "balance-empty": ({ workspaceName, url }, t) => ({
    subject: t("balance-empty.subject", { workspaceName }),
    heading: t("balance-empty.heading"),
    paragraphs: [t("balance-empty.body", { workspaceName })],
    action: { label: t("balance-empty.action"), url },
  }),
  "balance-mismatch": ({ workspaceId, checks, url }, t) => ({
    subject: t("balance-mismatch.subject"),
    heading: t("balance-mismatch.heading"),
    paragraphs: [t("balance-mismatch.body", { workspaceId, checks })],
    action: { label: t("balance-mismatch.action"), url },
  }),
  "ai-keys-resting": ({ keys, url }, t) => ({
    subject: t("ai-keys-resting.subject"),
    heading: t("ai-keys-resting.heading"),
    paragraphs: [t("ai-keys-resting.body"), keys],
    action: { label: t("ai-keys-resting.action"), url },
    note: t("ai-keys-resting.note"),
  }),
  "handoff-waiting": (payload, t) => ({
    subject: t("handoff-waiting.subject", { name: payload.visitorName || t("handoff.visitor") }),
    heading: t("handoff-waiting.heading", { name: payload.visitorName || t("handoff.visitor") }),
    ...handoffFacts(payload, t),
  }),
  "handoff-escalated": (payload, t) => ({
    subject: t("handoff-escalated.subject", { minutes: Number(payload.minutes) }),
    heading: t("handoff-escalated.heading", { minutes: Number(payload.minutes) }),
    ...handoffFacts(payload, t),
  }),
  "contact-left": ({ visitorName, assistantName, excerpt, url }, t) => ({
    subject: t("contact-left.subject", { name: visitorName || t("handoff.visitor") }),
    heading: t("contact-left.heading", { name: visitorName || t("handoff.visitor") }),
    paragraphs: [t("contact-left.body", { assistantName }), excerpt],
    action: { label: t("handoff.action"), url },
  }),
};

function handoffFacts({ assistantName, reason, excerpt, url }: LetterPayload<"handoff-waiting">, t: Translate) {
  return {
    paragraphs: [
      t("handoff.about", { assistantName, reason: t(`handoff.reason.${reason}`) }),
      ...(excerpt === "" ? [] : [t("handoff.lastMessage", { excerpt })]),
    ],
    action: { label: t("handoff.action"), url },
  };
}

/** Words of one letter in one language. Throws when the payload does not fit the kind. */
export function composeLetter<K extends LetterKind>(kind: K, payload: unknown, locale: Locale): Letter {
  const t = translatorFor(locale);
  const composer: Composer<K> = COMPOSERS[kind];
  // Zod's inference does not follow a generic key; the schema and the composer are looked up under the same one.
  const values = LETTERS[kind].parse(payload) as LetterPayload<K>;
  const letter = composer(values, t);
  // A header is one line, whatever somebody called a workspace.
  const subject = letter.subject.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return { ...letter, subject, linkFallback: t("linkFallback"), footer: t("footer") };
}

/** The plain-text part of a letter. */
export function plainText(letter: Letter): string {
  const parts = [
    letter.heading,
    ...letter.paragraphs,
    letter.code,
    letter.action && `${letter.action.label}: ${letter.action.url}`,
    letter.note,
    `-- \n${letter.footer}`,
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function translatorFor(locale: Locale) {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "email" });
}
