import { memberInvited } from "@/modules/workspaces/events";
import { findInvitationLetter } from "@/modules/workspaces/server/invitations/service";
import { findAccountByEmail } from "@/modules/users/server/accounts";
import { env } from "@/server/env";
import { defineJob } from "@/server/jobs/define";
import { inTransaction } from "@/server/transaction";
import { emailQueued } from "../events";
import { queueEmail, sendQueuedEmail } from "./service";

export const sendEmail = defineJob({
  ...emailQueued,
  timeoutMs: 30_000,
  run: sendQueuedEmail,
});

export const mailInvitation = defineJob({
  ...memberInvited,
  run: (ctx, { invitationId, letterId }) =>
    inTransaction(ctx, async (ctx) => {
      const invitation = await findInvitationLetter(ctx, invitationId);
      if (!invitation) return;
      const { workspaceName, inviterName, email, workspaceId, token } = invitation;
      const recipient = await findAccountByEmail(ctx, email);
      await queueEmail(ctx, {
        kind: "invitation",
        to: email,
        locale: recipient?.locale ?? invitation.inviterLocale,
        payload: { workspaceName, inviterName, url: `${env().appUrl}/invite/${token}` },
        dedupeKey: `invitation:${letterId}`,
        workspaceId,
      });
    }),
});
