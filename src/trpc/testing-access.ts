/** Who may call a procedure. Managers are owners and admins; staff of the platform stand apart from members. */
export type Access = "anyone" | "user" | "member" | "manager" | "owner" | "staff";

/** One row for each procedure; a procedure without a row fails the test that reads this table. */
export const ACCESS: Record<string, Access> = {
  "admin.mail.get": "staff",
  "admin.mail.list": "staff",
  "admin.mail.resend": "staff",

  "assistants.create": "manager",
  "assistants.get": "member",
  "assistants.list": "member",
  "assistants.models": "member",
  "assistants.remove": "manager",
  "assistants.templates": "member",
  "assistants.update": "manager",

  "auth.changePassword": "user",
  "auth.checkResetLink": "anyone",
  "auth.confirmEmail": "anyone",
  "auth.register": "anyone",
  "auth.registerInvited": "anyone",
  "auth.requestPasswordReset": "anyone",
  "auth.resendCode": "anyone",
  "auth.resetPassword": "anyone",
  "auth.revokeSession": "user",
  "auth.sessions": "user",

  "bots.connect": "manager",
  "bots.disconnect": "manager",
  "bots.doctor": "manager",
  "bots.get": "member",
  "bots.identify": "manager",
  "bots.list": "member",

  "chat.explain": "member",

  "dialogs.close": "member",
  "dialogs.get": "member",
  "dialogs.list": "member",
  "dialogs.markRead": "member",
  "dialogs.messages": "member",

  "knowledge.addText": "manager",
  "knowledge.document": "manager",
  "knowledge.documentText": "manager",
  "knowledge.documents": "manager",
  "knowledge.passages": "manager",
  "knowledge.qa.create": "manager",
  "knowledge.qa.list": "manager",
  "knowledge.qa.remove": "manager",
  "knowledge.qa.update": "manager",
  "knowledge.removeDocument": "manager",
  "knowledge.retryDocument": "manager",
  "knowledge.search": "manager",

  "realtime.events": "member",

  "users.me": "user",
  "users.update": "user",

  "workspaces.acceptInvite": "user",
  "workspaces.create": "user",
  "workspaces.get": "member",
  "workspaces.invitation": "anyone",
  "workspaces.invitations": "manager",
  "workspaces.invite": "manager",
  "workspaces.leave": "member",
  "workspaces.members": "manager",
  "workspaces.removeMember": "manager",
  "workspaces.rename": "owner",
  "workspaces.resendInvite": "manager",
  "workspaces.revokeInvite": "manager",
  "workspaces.setRole": "manager",
  "workspaces.setTimeZone": "owner",
  "workspaces.transferOwnership": "owner",
};
