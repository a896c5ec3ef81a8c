import type { Provider } from "next-auth/providers/index";
import GithubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import YandexProvider from "next-auth/providers/yandex";
import * as z from "zod";
import { emailAddress } from "@/modules/users/contract";
import { env } from "@/server/env";
import type { ExternalProvider } from "../contract";
import { isYandexMailbox } from "../rules";

const CHECKS: ("pkce" | "state")[] = ["pkce", "state"];
const REQUEST_TIMEOUT_MS = 10_000;

/** The other providers that this installation has keys for. */
export function configuredProviders(): ExternalProvider[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env();
  const { YANDEX_CLIENT_ID, YANDEX_CLIENT_SECRET } = env();
  const isConfigured: Record<ExternalProvider, boolean> = {
    google: Boolean(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET),
    github: Boolean(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET),
    yandex: Boolean(YANDEX_CLIENT_ID && YANDEX_CLIENT_SECRET),
  };
  return (["google", "github", "yandex"] as const).filter((provider) => isConfigured[provider]);
}

/** next-auth's descriptions of the configured providers, each with state and PKCE. */
export function externalProviders(): Provider[] {
  return configuredProviders().map((provider) => PROVIDERS[provider]());
}

const PROVIDERS: Record<ExternalProvider, () => Provider> = {
  google: () => GoogleProvider({ ...keys(env().GOOGLE_CLIENT_ID, env().GOOGLE_CLIENT_SECRET), checks: CHECKS }),
  github: () =>
    GithubProvider({
      ...keys(env().GITHUB_CLIENT_ID, env().GITHUB_CLIENT_SECRET),
      checks: CHECKS,
      userinfo: {
        url: "https://api.github.com/user",
        // The plain profile may carry an unverified address, so the list of addresses is asked instead.
        request: async ({ client, tokens }) => {
          const profile = await client.userinfo(tokens.access_token ?? "");
          return { ...profile, ...(await githubEmail(tokens.access_token ?? "")) };
        },
      },
    }),
  yandex: () => YandexProvider({ ...keys(env().YANDEX_CLIENT_ID, env().YANDEX_CLIENT_SECRET), checks: CHECKS }),
};

const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

async function githubEmail(token: string): Promise<{ email: string | undefined; email_verified: boolean }> {
  const response = await fetch("https://api.github.com/user/emails", {
    headers: { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const emails = response.ok ? githubEmails.safeParse(await response.json()).data : undefined;
  const primary = emails?.find((entry) => entry.primary);
  return { email: primary?.email, email_verified: primary?.verified ?? false };
}

const claims = z.object({
  email: z.string().nullish(),
  email_verified: z.boolean().nullish(),
  default_email: z.string().nullish(),
  given_name: z.string().nullish(),
  first_name: z.string().nullish(),
  name: z.string().nullish(),
});

/** What a provider's profile says about a person, in our words. */
export function identityOf(provider: ExternalProvider, providerAccountId: string, profile: unknown) {
  const said = claims.parse(profile ?? {});
  const address = emailAddress.safeParse(provider === "yandex" ? said.default_email : said.email);
  const email = address.success ? address.data : null;
  const isEmailVerified =
    provider === "yandex" ? email !== null && isYandexMailbox(email) : said.email_verified === true;
  const name = (said.given_name ?? said.first_name ?? said.name ?? "").slice(0, 100);
  return { provider, providerAccountId, email, isEmailVerified, name };
}

function keys(clientId: string | undefined, clientSecret: string | undefined) {
  return { clientId: clientId ?? "", clientSecret: clientSecret ?? "" };
}
