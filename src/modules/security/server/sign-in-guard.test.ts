import { expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenUser } from "@/modules/users/testing";
import { makeCtx } from "@/server/testing";
import { admitSignIn, recordSignIn, recordSignInFailure } from "./sign-in-guard";

const db = testDb();
const freshEmail = () => `guess-${newId()}@example.com`;
const callerAt = (address: string, now = new Date()) => ({
  ...makeCtx(db, { kind: "anonymous" }, { now: () => now }),
  address,
});
const randomAddress = () => `10.${newId().slice(-6)}`;

async function fail(ctx: ReturnType<typeof callerAt>, email: string) {
  const admission = await admitSignIn(ctx, email);
  if (admission.ok) await recordSignInFailure(ctx, admission.attemptId, "wrong-password");
  return admission.ok;
}

it("admits five of fifty guesses on one account fired at once, from as many addresses", async () => {
  const email = freshEmail();
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => fail(callerAt(randomAddress()), email)));
  expect(outcomes.filter(Boolean)).toHaveLength(5);
});

it("admits twenty guesses from one address, on whichever accounts", async () => {
  const ctx = callerAt(randomAddress());
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => fail(ctx, freshEmail())));
  expect(outcomes.filter(Boolean)).toHaveLength(20);
});

it("opens again after thirty minutes", async () => {
  const email = freshEmail();
  const start = new Date();
  for (let guess = 0; guess < 5; guess += 1) await fail(callerAt("", start), email);
  const later = (minutes: number) => callerAt("", new Date(start.getTime() + minutes * 60_000));
  expect((await admitSignIn(later(29), email)).ok).toBe(false);
  expect((await admitSignIn(later(31), email)).ok).toBe(true);
});

it("forgets the failures of an account after a success", async () => {
  const user = await givenUser(db);
  const ctx = callerAt("");
  for (let guess = 0; guess < 4; guess += 1) await fail(ctx, user.email);
  const admission = await admitSignIn(ctx, user.email);
  if (!admission.ok) throw new Error("The fifth attempt was not admitted.");
  await recordSignIn(ctx, admission.attemptId, user.id);
  expect(await fail(ctx, user.email)).toBe(true);
  expect(await fail(ctx, user.email)).toBe(true);
});

it("does not let callers without an address lock each other out", async () => {
  const ctx = callerAt("");
  const outcomes = await Promise.all(Array.from({ length: 25 }, () => fail(ctx, freshEmail())));
  expect(outcomes.every(Boolean)).toBe(true);
});
