import { managerProcedure, memberProcedure, ownerProcedure, publicProcedure, router, userProcedure } from "@/trpc/init";
import {
  createWorkspaceInput,
  invitationIdInput,
  invitationTokenInput,
  inviteInput,
  memberIdInput,
  removeWorkspaceInput,
  renameWorkspaceInput,
  setRoleInput,
  setTimeZoneInput,
} from "../contract";
import {
  acceptInvite,
  getInvitation,
  invite,
  listInvitations,
  resendInvite,
  revokeInvite,
} from "./invitations/service";
import { getMe } from "./me";
import { leaveWorkspace, listMembers, removeMember, setRole, transferOwnership } from "./members";
import { removeWorkspace } from "./removal";
import { changeWorkspace, createWorkspace, getWorkspace } from "./service";

const letterQuota = { limit: 30, windowSeconds: 3600 };
const linkQuota = { limit: 100, windowSeconds: 60 };
const newWorkspaceQuota = { limit: 10, windowSeconds: 3600 };

export const meProcedure = userProcedure.query(({ ctx }) => getMe(ctx));

export const workspacesRouter = router({
  get: memberProcedure.query(({ ctx }) => getWorkspace(ctx)),
  create: userProcedure
    .meta({ limit: newWorkspaceQuota })
    .input(createWorkspaceInput)
    .mutation(({ ctx, input }) => createWorkspace(ctx, input)),
  rename: ownerProcedure.input(renameWorkspaceInput).mutation(({ ctx, input }) => changeWorkspace(ctx, input)),
  setTimeZone: ownerProcedure.input(setTimeZoneInput).mutation(({ ctx, input }) => changeWorkspace(ctx, input)),
  remove: ownerProcedure.input(removeWorkspaceInput).mutation(({ ctx, input }) => removeWorkspace(ctx, input)),

  members: managerProcedure.query(({ ctx }) => listMembers(ctx)),
  setRole: managerProcedure.input(setRoleInput).mutation(({ ctx, input }) => setRole(ctx, input)),
  removeMember: managerProcedure.input(memberIdInput).mutation(({ ctx, input }) => removeMember(ctx, input)),
  leave: memberProcedure.mutation(({ ctx }) => leaveWorkspace(ctx)),
  transferOwnership: ownerProcedure.input(memberIdInput).mutation(({ ctx, input }) => transferOwnership(ctx, input)),

  invitations: managerProcedure.query(({ ctx }) => listInvitations(ctx)),
  invite: managerProcedure
    .meta({ limit: letterQuota })
    .input(inviteInput)
    .mutation(({ ctx, input }) => invite(ctx, input)),
  resendInvite: managerProcedure
    .meta({ limit: letterQuota })
    .input(invitationIdInput)
    .mutation(({ ctx, input }) => resendInvite(ctx, input)),
  revokeInvite: managerProcedure.input(invitationIdInput).mutation(({ ctx, input }) => revokeInvite(ctx, input)),
  invitation: publicProcedure
    .meta({ limit: linkQuota })
    .input(invitationTokenInput)
    .query(({ ctx, input }) => getInvitation(ctx, input)),
  acceptInvite: userProcedure.input(invitationTokenInput).mutation(({ ctx, input }) => acceptInvite(ctx, input)),
});
