import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { AppError } from "@/lib/errors";
import { getProfile } from "@/modules/users/server/service";
import type { AnonymousCtx } from "@/server/context";
import { requiredSecret } from "@/server/env";
import { toAppError } from "@/server/http";
import { EXTERNAL_PROVIDERS, signInInput } from "../contract";
import { signInExternally } from "./external";
import { externalProviders, identityOf } from "./providers";
import { openSession } from "./session";
import { isSecure, SESSION_SECONDS } from "./session-cookie";
import { signIn, signOut, type StartedSession } from "./sign-in";

/** What one request to next-auth led to; its callbacks have no other way to tell the door. */
export type AuthAttempt = { session: StartedSession | null; refusal: AppError | null };

/** next-auth for one request: it checks CSRF, state and PKCE and seals the cookie; who may sign in is decided by us. */
export function authOptions(ctx: AnonymousCtx, attempt: AuthAttempt): AuthOptions {
  const deciding = async (decide: () => Promise<StartedSession>): Promise<StartedSession | null> => {
    try {
      attempt.session = await decide();
    } catch (error) {
      attempt.refusal = toAppError(error, ctx.requestId);
    }
    return attempt.session;
  };
  return {
    secret: requiredSecret("AUTH_SECRET"),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/login", error: "/login", signOut: "/account" },
    logger: { error: (code) => ctx.note({ nextAuthError: code }), warn: () => undefined, debug: () => undefined },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: async (credentials) => {
          const session = await deciding(() => signIn(ctx, parseCredentials(credentials)));
          return session && { id: session.userId };
        },
      }),
      ...externalProviders(),
    ],
    callbacks: {
      signIn: async ({ account, profile }) => {
        const provider = EXTERNAL_PROVIDERS.find((known) => known === account?.provider);
        if (!provider) return attempt.session !== null;
        const identity = identityOf(provider, account?.providerAccountId ?? "", profile);
        if (await deciding(() => signInExternally(ctx, identity))) return true;
        return `/login?error=${String(attempt.refusal?.facts.reason ?? attempt.refusal?.code)}`;
      },
      jwt: async ({ token }) => {
        if (attempt.session) return { sub: attempt.session.userId, sid: attempt.session.sessionId };
        const person = typeof token.sid === "string" ? await openSession(token.sid) : null;
        // next-auth clears the cookie of a token that is refused here.
        if (!person) throw new Error("The session has ended.");
        return { sub: person.userId, sid: person.sessionId };
      },
      session: async ({ session, token }) => {
        const person = typeof token.sid === "string" ? await openSession(token.sid) : null;
        if (!person) throw new Error("The session has ended.");
        const { id, email, name, role } = await getProfile({ ...ctx, actor: person });
        return { expires: session.expires, user: { id, email, name, role } };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const person = typeof token?.sid === "string" ? await openSession(token.sid) : null;
        if (person) await signOut({ ...ctx, actor: person }, person);
      },
    },
  };
}

// Malformed credentials are told apart from wrong ones no more than a wrong address from a wrong password.
function parseCredentials(credentials: unknown) {
  const parsed = signInInput.safeParse(credentials);
  if (parsed.success) return parsed.data;
  throw new AppError("UNAUTHORIZED", "E-mail or password is wrong.", { facts: { reason: "wrong-credentials" } });
}
