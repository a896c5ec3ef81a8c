import type { Locale } from "@/lib/locales";
import enAdmin from "./messages/en/admin.json";
import enAlerts from "./messages/en/alerts.json";
import enAssistants from "./messages/en/assistants.json";
import enAuth from "./messages/en/auth.json";
import enBalance from "./messages/en/balance.json";
import enBots from "./messages/en/bots.json";
import enChat from "./messages/en/chat.json";
import enCommon from "./messages/en/common.json";
import enConversation from "./messages/en/conversation.json";
import enComposer from "./messages/en/composer.json";
import enDialogs from "./messages/en/dialogs.json";
import enEmail from "./messages/en/email.json";
import enErrors from "./messages/en/errors.json";
import enExports from "./messages/en/exports.json";
import enHandoff from "./messages/en/handoff.json";
import enInbox from "./messages/en/inbox.json";
import enKnowledge from "./messages/en/knowledge.json";
import enPresence from "./messages/en/presence.json";
import enReach from "./messages/en/reach.json";
import enReplies from "./messages/en/replies.json";
import enNumbers from "./messages/en/numbers.json";
import enShell from "./messages/en/shell.json";
import enSite from "./messages/en/site.json";
import enUsers from "./messages/en/users.json";
import enWorkspaces from "./messages/en/workspaces.json";
import ruAdmin from "./messages/ru/admin.json";
import ruAlerts from "./messages/ru/alerts.json";
import ruAssistants from "./messages/ru/assistants.json";
import ruAuth from "./messages/ru/auth.json";
import ruBalance from "./messages/ru/balance.json";
import ruBots from "./messages/ru/bots.json";
import ruChat from "./messages/ru/chat.json";
import ruCommon from "./messages/ru/common.json";
import ruConversation from "./messages/ru/conversation.json";
import ruComposer from "./messages/ru/composer.json";
import ruDialogs from "./messages/ru/dialogs.json";
import ruEmail from "./messages/ru/email.json";
import ruErrors from "./messages/ru/errors.json";
import ruExports from "./messages/ru/exports.json";
import ruHandoff from "./messages/ru/handoff.json";
import ruInbox from "./messages/ru/inbox.json";
import ruKnowledge from "./messages/ru/knowledge.json";
import ruPresence from "./messages/ru/presence.json";
import ruReach from "./messages/ru/reach.json";
import ruReplies from "./messages/ru/replies.json";
import ruNumbers from "./messages/ru/numbers.json";
import ruShell from "./messages/ru/shell.json";
import ruSite from "./messages/ru/site.json";
import ruUsers from "./messages/ru/users.json";
import ruWorkspaces from "./messages/ru/workspaces.json";

const en = {
  admin: enAdmin,
  alerts: enAlerts,
  assistants: enAssistants,
  auth: enAuth,
  balance: enBalance,
  bots: enBots,
  chat: enChat,
  common: enCommon,
  conversation: enConversation,
  composer: enComposer,
  dialogs: enDialogs,
  email: enEmail,
  errors: enErrors,
  exports: enExports,
  handoff: enHandoff,
  inbox: enInbox,
  knowledge: enKnowledge,
  presence: enPresence,
  reach: enReach,
  replies: enReplies,
  numbers: enNumbers,
  shell: enShell,
  site: enSite,
  users: enUsers,
  workspaces: enWorkspaces,
};

/** English is the shape; Russian must have the same keys. */
export type Messages = typeof en;
export type Namespace = keyof Messages;

const ru: Messages = {
  admin: ruAdmin,
  alerts: ruAlerts,
  assistants: ruAssistants,
  auth: ruAuth,
  balance: ruBalance,
  bots: ruBots,
  chat: ruChat,
  common: ruCommon,
  conversation: ruConversation,
  composer: ruComposer,
  dialogs: ruDialogs,
  email: ruEmail,
  errors: ruErrors,
  exports: ruExports,
  handoff: ruHandoff,
  inbox: ruInbox,
  knowledge: ruKnowledge,
  presence: ruPresence,
  reach: ruReach,
  replies: ruReplies,
  numbers: ruNumbers,
  shell: ruShell,
  site: ruSite,
  users: ruUsers,
  workspaces: ruWorkspaces,
};

/** Every text of the product; a namespace is the file of one module. */
export const MESSAGES: Record<Locale, Messages> = { en, ru };
