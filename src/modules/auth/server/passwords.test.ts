import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { lettersTo, newestLetterValue } from "@/modules/email/testing";
import { makeCtx } from "@/server/testing";
import { changePasswordInput, resetPasswordInput } from "../contract";
import { givenPasswordUser, givenSession } from "../testing";
import { changePassword, checkResetLink, requestPasswordReset, resetPassword } from "./password-reset";
import { openSession } from "./session";
import { signIn } from "./sign-in";

const db = testDb();
const anonymous = makeCtx(db, { kind: "anonymous" }, { address: "" });
const old = "old password 1";
const next = "new password 2";
const refusal = (code: string) => expect.objectContaining({ code });

async function givenLink() {
  const user = await givenPasswordUser(db, old);
  await requestPasswordReset(anonymous, { email: user.email });
  const url = await newestLetterValue(db, user.email, "reset-password", "url");
  return { user, token: url.split("/").at(-1) ?? "" };
}

describe("a reset link", () => {
  it("sets a new password, once, and ends every sign-in", async () => {
    const { user, token } = await givenLink();
    const { sessionId } = await givenSession(db, user);
    expect(await checkResetLink(anonymous, { token })).toEqual({ isValid: true });
    await resetPassword(anonymous, { token, password: next });
    expect(await openSession(sessionId)).toBeNull();
    await expect(signIn(anonymous, { email: user.email, password: old })).rejects.toEqual(refusal("UNAUTHORIZED"));
    await expect(signIn(anonymous, { email: user.email, password: next })).resolves.toMatchObject({ userId: user.id });
    await expect(resetPassword(anonymous, { token, password: old })).rejects.toEqual(refusal("LINK_EXPIRED"));
    expect(await checkResetLink(anonymous, { token })).toEqual({ isValid: false });
  });

  it("is used once when it is opened several times at once", async () => {
    const { token } = await givenLink();
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((n) => resetPassword(anonymous, { token, password: `${next}${n}` })),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });

  it("dies after 24 hours", async () => {
    const { token } = await givenLink();
    const later = { ...anonymous, now: () => new Date(Date.now() + 24 * 3_600_000 + 1000) };
    expect(await checkResetLink(later, { token })).toEqual({ isValid: false });
    await expect(resetPassword(later, { token, password: next })).rejects.toEqual(refusal("LINK_EXPIRED"));
  });

  it("takes the earlier links of the account with it", async () => {
    const { user, token } = await givenLink();
    await requestPasswordReset(anonymous, { email: user.email });
    const newer = (await newestLetterValue(db, user.email, "reset-password", "url")).split("/").at(-1) ?? "";
    await resetPassword(anonymous, { token: newer, password: next });
    expect(await checkResetLink(anonymous, { token })).toEqual({ isValid: false });
  });

  it("is promised to an unknown address and written to nobody", async () => {
    const email = `nobody-${newId()}@example.com`;
    expect(await requestPasswordReset(anonymous, { email })).toEqual({ ok: true });
    expect(await lettersTo(db, email)).toEqual([]);
  });

  it("accepts no weaker password than registration", () => {
    const parsed = resetPasswordInput.safeParse({ token: "t", password: "short1" });
    expect(parsed.error?.issues.map((issue) => [issue.path[0], issue.message])).toEqual([["password", "length"]]);
  });
});

describe("a changed password", () => {
  it("needs the current one, and keeps this sign-in while the others end", async () => {
    const user = await givenPasswordUser(db, old);
    const here = await givenSession(db, user);
    const elsewhere = await givenSession(db, user);
    await changePassword(here.ctx, { current: old, next });
    expect(await openSession(here.sessionId)).not.toBeNull();
    expect(await openSession(elsewhere.sessionId)).toBeNull();
    await expect(signIn(anonymous, { email: user.email, password: next })).resolves.toBeDefined();
  });

  it("is refused with the wrong current one, and when it is no change", async () => {
    const { ctx } = await givenSession(db, await givenPasswordUser(db, old));
    await expect(changePassword(ctx, { current: "guess 123", next })).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { current: ["wrong"] },
    });
    await expect(changePassword(ctx, { current: old, next: old })).rejects.toMatchObject({
      fieldErrors: { next: ["same"] },
    });
  });

  it("obeys the policy of registration", () => {
    const parsed = changePasswordInput.safeParse({ current: old, next: "Qwerty123" });
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual(["common"]);
  });
});
