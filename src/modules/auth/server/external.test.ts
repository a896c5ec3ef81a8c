import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { findAccountByEmail } from "@/modules/users/server/repository";
import { givenUser, personCtx } from "@/modules/users/testing";
import { getMe } from "@/modules/workspaces/server/me";
import { makeCtx } from "@/server/testing";
import { givenPasswordUser } from "../testing";
import { signInExternally, type ExternalIdentity } from "./external";
import { identityOf } from "./providers";
import { signIn } from "./sign-in";

const db = testDb();
const anonymous = makeCtx(db, { kind: "anonymous" }, { address: "" });

function identity(overrides: Partial<ExternalIdentity> = {}): ExternalIdentity {
  const id = newId();
  return {
    provider: "google",
    providerAccountId: id,
    email: `outside-${id}@example.com`,
    isEmailVerified: true,
    name: "Anna",
    ...overrides,
  };
}

describe("sign-in through another provider", () => {
  it("makes a confirmed account with a workspace, and finds it again by the provider's id", async () => {
    const who = identity();
    const first = await signInExternally(anonymous, who);
    const again = await signInExternally(anonymous, { ...who, email: null, isEmailVerified: false });
    expect(again.userId).toBe(first.userId);
    const account = await findAccountByEmail(db, who.email ?? "");
    if (!account) throw new Error("The account is missing.");
    expect((await getMe(personCtx(db, account))).workspaces).toHaveLength(1);
  });

  it("links an account by a verified address only", async () => {
    const user = await givenUser(db);
    const unverified = identity({ email: user.email, isEmailVerified: false });
    await expect(signInExternally(anonymous, unverified)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const linked = await signInExternally(anonymous, { ...unverified, isEmailVerified: true });
    expect(linked.userId).toBe(user.id);
  });

  it("takes an unproved registration over without the password that a stranger chose for it", async () => {
    const planted = await givenPasswordUser(db, "planted pass 1", { confirmedAt: null });
    await signInExternally(anonymous, identity({ email: planted.email }));
    const attempt = signIn(anonymous, { email: planted.email, password: "planted pass 1" });
    await expect(attempt).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("what a provider says", () => {
  it.each([
    ["google", { email: "A@Example.com", email_verified: true }, "a@example.com", true],
    ["google", { email: "a@example.com" }, "a@example.com", false],
    ["github", { email: "a@example.com", email_verified: false }, "a@example.com", false],
    ["yandex", { default_email: "anna@yandex.ru" }, "anna@yandex.ru", true],
    ["yandex", { default_email: "anna@example.com", email_verified: true }, "anna@example.com", false],
    ["github", {}, null, false],
  ] as const)("%s %j means %s, verified: %s", (provider, profile, email, isEmailVerified) => {
    expect(identityOf(provider, "1", profile)).toMatchObject({ email, isEmailVerified });
  });
});
