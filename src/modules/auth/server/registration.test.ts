import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { lettersTo, newestLetterValue } from "@/modules/email/testing";
import { getMe } from "@/modules/workspaces/server/me";
import { givenUser, personCtx } from "@/modules/users/testing";
import { findAccountByEmail } from "@/modules/users/server/repository";
import { makeCtx } from "@/server/testing";
import { registerInput } from "../contract";
import { givenPasswordUser } from "../testing";
import { confirmEmail, register, resendCode } from "./registration";
import { signIn } from "./sign-in";

const db = testDb();
const anonymous = makeCtx(db, { kind: "anonymous" }, { address: "" });
const freshEmail = () => `newcomer-${newId()}@example.com`;
const password = "correct horse 1";
const codeFor = (email: string) => newestLetterValue(db, email, "confirm-code", "code");
const refusal = (code: string) => expect.objectContaining({ code });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function registered(email = freshEmail()) {
  await register(anonymous, { email, password, name: "Анна", locale: "ru" });
  return { email, code: await codeFor(email) };
}

describe("registration", () => {
  it("confirms with the mailed code, signs in and founds the first workspace", async () => {
    const { email, code } = await registered();
    const started = await confirmEmail(anonymous, { email, code });
    const account = await findAccountByEmail(db, email);
    if (!account) throw new Error("The account is missing.");
    const me = await getMe(personCtx(db, account));
    expect(me).toMatchObject({ email, name: "Анна", locale: "ru", role: "user" });
    expect(me.workspaces).toEqual([expect.objectContaining({ slug: started.slug, role: "owner" })]);
    expect((await lettersTo(db, email)).map((letter) => letter.kind)).toEqual(["confirm-code", "welcome"]);
  });

  it("confirms once when the code arrives several times at once", async () => {
    const { email, code } = await registered();
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => confirmEmail(anonymous, { email, code })));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const account = await findAccountByEmail(db, email);
    if (!account) throw new Error("The account is missing.");
    expect((await getMe(personCtx(db, account))).workspaces).toHaveLength(1);
  });

  it("refuses the right code after five wrong ones, also when they come in parallel", async () => {
    const { email, code } = await registered();
    const guesses = Array.from({ length: 8 }, () => confirmEmail(anonymous, { email, code: wrong(code) }));
    await Promise.allSettled(guesses);
    await expect(confirmEmail(anonymous, { email, code })).rejects.toEqual(refusal("CODE_INVALID"));
  });

  it("gives one answer to wrong, old and used codes and to unknown addresses", async () => {
    const { email, code } = await registered();
    const later = { ...anonymous, now: () => new Date(Date.now() + 15 * 60_000 + 1000) };
    const answers = [
      confirmEmail(anonymous, { email, code: wrong(code) }),
      confirmEmail(later, { email, code }),
      confirmEmail(anonymous, { email: freshEmail(), code }),
      confirmEmail(anonymous, { email, code }).then(() => confirmEmail(anonymous, { email, code })),
    ];
    const refusals = (await Promise.allSettled(answers)).map((outcome) =>
      String(outcome.status === "rejected" && outcome.reason),
    );
    expect(new Set(refusals)).toEqual(new Set(["AppError: This code is not valid. Check it or ask for a new one."]));
  });

  it("answers a known address like a new one, changes nothing there and writes to its owner", async () => {
    const owner = await givenPasswordUser(db, "their own pass 7", { email: freshEmail() });
    const known = await register(anonymous, { email: owner.email, password, name: "Mallory" });
    expect(known).toEqual(await register(anonymous, { email: freshEmail(), password, name: "" }));
    expect((await lettersTo(db, owner.email)).map((letter) => letter.kind)).toEqual(["known-address"]);
    await expect(signIn(anonymous, { email: owner.email, password })).rejects.toEqual(refusal("UNAUTHORIZED"));
  });

  it("lets an address that nobody proved register again, with the newer password and code", async () => {
    const { email, code: first } = await registered();
    await register(anonymous, { email, password: "another pass 2", name: "Anna" });
    const second = await codeFor(email);
    if (first !== second) {
      await expect(confirmEmail(anonymous, { email, code: first })).rejects.toEqual(refusal("CODE_INVALID"));
    }
    await confirmEmail(anonymous, { email, code: second });
    await expect(signIn(anonymous, { email, password: "another pass 2" })).resolves.toBeDefined();
  });

  it("makes one account of two registrations at the same moment", async () => {
    const email = freshEmail();
    await Promise.all([registered(email), register(anonymous, { email, password, name: "" })]);
    await confirmEmail(anonymous, { email, code: await codeFor(email) });
    expect((await findAccountByEmail(db, email))?.confirmedAt).not.toBeNull();
  });

  it("does not store the code or the password as they are", async () => {
    const { email } = await registered();
    expect((await findAccountByEmail(db, email))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("lower-cases the address and applies the password policy at the door", () => {
    expect(registerInput.parse({ email: "  Anna@Example.COM ", password }).email).toBe("anna@example.com");
    expect(registerInput.safeParse({ email: "a@b.co", password: "letters only" }).success).toBe(false);
  });
});

describe("a new code", () => {
  it("replaces the last one and is refused at the fourth wish in an hour, for this address only", async () => {
    const { email } = await registered();
    for (let wish = 0; wish < 3; wish += 1) await resendCode(anonymous, { email });
    await expect(resendCode(anonymous, { email })).rejects.toEqual(refusal("RATE_LIMITED"));
    const other = await registered();
    await expect(resendCode(anonymous, { email: other.email })).resolves.toMatchObject({ ok: true });
    await expect(confirmEmail(anonymous, { email, code: await codeFor(email) })).resolves.toBeDefined();
  });

  it("is promised to any address and mailed to unconfirmed ones only", async () => {
    const confirmed = await givenUser(db);
    const stranger = freshEmail();
    expect(await resendCode(anonymous, { email: stranger })).toEqual(
      await resendCode(anonymous, { email: confirmed.email }),
    );
    expect(await lettersTo(db, confirmed.email)).toEqual([]);
    expect(await lettersTo(db, stranger)).toEqual([]);
  });
});
