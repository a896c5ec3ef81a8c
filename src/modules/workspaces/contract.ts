import * as z from "zod";
import { MEMBER_ROLES, type MemberRole } from "@/db/enums";
import { storable } from "@/lib/text";
import { emailAddress, type Profile } from "@/modules/users/contract";

export const MAX_WORKSPACE_NAME_LENGTH = 100;
export const INVITATION_DAYS = 7;

const workspaceName = z.string().overwrite(storable).trim().min(1).max(MAX_WORKSPACE_NAME_LENGTH);
const memberRole = z.enum(MEMBER_ROLES);
const userId = z.uuid();

export const createWorkspaceInput = z.object({ name: workspaceName });
export const renameWorkspaceInput = z.object({ name: workspaceName });
/** The name is typed once more: closing a workspace cannot be undone. */
export const removeWorkspaceInput = z.object({ name: z.string().trim().max(MAX_WORKSPACE_NAME_LENGTH) });
export const setTimeZoneInput = z.object({ timeZone: z.string().max(64).refine(isTimeZone) });
/** Both at once, as the settings page edits them. */
export const workspaceSettingsInput = renameWorkspaceInput.extend(setTimeZoneInput.shape);
export const inviteInput = z.object({ email: emailAddress, role: memberRole });
export const invitationIdInput = z.object({ id: z.uuid() });
export const invitationTokenInput = z.object({ token: z.string().min(1).max(200) });
export const setRoleInput = z.object({ userId, role: memberRole });
export const memberIdInput = z.object({ userId });

export type CreateWorkspaceInput = z.infer<typeof createWorkspaceInput>;
export type WorkspaceSettingsInput = z.infer<typeof workspaceSettingsInput>;
export type InviteInput = z.infer<typeof inviteInput>;
export type SetRoleInput = z.infer<typeof setRoleInput>;

export type WorkspaceSummary = { id: string; slug: string; name: string; role: MemberRole };
export type WorkspaceDetails = { id: string; slug: string; name: string; timeZone: string };
export type Me = Profile & { workspaces: WorkspaceSummary[] };

export type MemberSummary = {
  userId: string;
  name: string;
  email: string;
  role: MemberRole;
  lastActivityAt: Date | null;
  joinedAt: Date;
};

export type InvitationSummary = {
  id: string;
  email: string;
  role: MemberRole;
  state: "open" | "expired";
  expiresAt: Date;
  createdAt: Date;
};

/** What the holder of an invitation link may know before signing in. */
export type InvitationFacts = { workspaceName: string; inviterName: string; email: string; role: MemberRole };

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
