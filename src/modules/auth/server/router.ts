import type { TrpcContext } from "@/trpc/init";
import { publicProcedure, router, userProcedure } from "@/trpc/init";
import {
  changePasswordInput,
  confirmEmailInput,
  emailInput,
  registerInput,
  registerInvitedInput,
  removeAccountInput,
  resetPasswordInput,
  resetTokenInput,
  sessionIdInput,
} from "../contract";
import { removeOwnAccount } from "./account-removal";
import { changePassword, checkResetLink, requestPasswordReset, resetPassword } from "./password-reset";
import { confirmEmail, register, registerInvited, resendCode } from "./registration";
import { sessionCookie } from "./session-cookie";
import { endSession, listSessions } from "./sessions";
import type { StartedSession } from "./sign-in";

// Doors to accounts refuse when nobody can count.
const accountDoor = (limit: number, windowSeconds: number) =>
  publicProcedure.meta({ limit: { limit, windowSeconds }, whenLimiterIsDown: "refuse" });

const HOUR = 3600;

export const authRouter = router({
  register: accountDoor(50, HOUR)
    .input(registerInput)
    .mutation(({ ctx, input }) => register(ctx, input)),
  registerInvited: accountDoor(50, HOUR)
    .input(registerInvitedInput)
    .mutation(async ({ ctx, input }) => signedIn(ctx, await registerInvited(ctx, input))),
  confirmEmail: accountDoor(100, HOUR)
    .input(confirmEmailInput)
    .mutation(async ({ ctx, input }) => signedIn(ctx, await confirmEmail(ctx, input))),
  resendCode: accountDoor(100, HOUR)
    .input(emailInput)
    .mutation(({ ctx, input }) => resendCode(ctx, input)),
  requestPasswordReset: accountDoor(100, 60)
    .input(emailInput)
    .mutation(({ ctx, input }) => requestPasswordReset(ctx, input)),
  checkResetLink: accountDoor(100, 60)
    .input(resetTokenInput)
    .query(({ ctx, input }) => checkResetLink(ctx, input)),
  resetPassword: accountDoor(100, 60)
    .input(resetPasswordInput)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
  changePassword: userProcedure
    .meta({ limit: { limit: 10, windowSeconds: 300 }, whenLimiterIsDown: "refuse" })
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  removeAccount: userProcedure
    .meta({ limit: { limit: 10, windowSeconds: 300 }, whenLimiterIsDown: "refuse" })
    .input(removeAccountInput)
    .mutation(({ ctx, input }) => removeOwnAccount(ctx, input)),
  sessions: userProcedure.query(({ ctx }) => listSessions(ctx)),
  revokeSession: userProcedure.input(sessionIdInput).mutation(({ ctx, input }) => endSession(ctx, input)),
});

/** Sets next-auth's cookie for a session that a procedure has opened; the session itself never enters the body. */
async function signedIn<T extends StartedSession>(ctx: TrpcContext, { sessionId, userId, ...rest }: T) {
  ctx.resHeaders.append("set-cookie", await sessionCookie({ sessionId, userId }));
  return { ok: true as const, ...rest };
}
