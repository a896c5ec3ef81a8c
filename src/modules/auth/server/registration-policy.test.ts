process.env.REGISTRATION = "invite";

import { expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { mailInvitation } from "@/modules/email/server/jobs";
import { newestLetterValue } from "@/modules/email/testing";
import { findAccountByEmail } from "@/modules/users/server/repository";
import { givenUser, personCtx } from "@/modules/users/testing";
import { invite } from "@/modules/workspaces/server/invitations/service";
import { getMe } from "@/modules/workspaces/server/me";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { makeCtx } from "@/server/testing";
import { signInExternally } from "./external";
import { register, registerInvited } from "./registration";

const db = testDb();
const anonymous = makeCtx(db, { kind: "anonymous" }, { address: "" });
const person = { password: "correct horse 1", name: "Анна" };

async function givenLink(email: string) {
  const { ctx, workspace } = await givenWorkspace(db);
  const { id } = await invite(ctx, { email, role: "operator" });
  for (const payload of await pendingPayloads(db, mailInvitation, { invitationId: id })) {
    await mailInvitation.run(jobCtx(db, mailInvitation), payload);
  }
  const url = await newestLetterValue(db, email, "invitation", "url");
  return { workspace, token: url.split("/").at(-1) ?? "" };
}

it("registers nobody without an invitation, by form or by another provider", async () => {
  const email = `walk-in-${newId()}@example.com`;
  const closed = expect.objectContaining({ code: "REGISTRATION_CLOSED" });
  await expect(register(anonymous, { email, ...person })).rejects.toEqual(closed);
  const outside = { provider: "google", providerAccountId: newId(), email, isEmailVerified: true, name: "" } as const;
  await expect(signInExternally(anonymous, outside)).rejects.toEqual(closed);
});

it("registers an invited person into the workspace that invited, confirmed by the link, once", async () => {
  const email = `invited-${newId()}@example.com`;
  const { workspace, token } = await givenLink(email);
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => registerInvited(anonymous, { token, ...person })));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  const account = await findAccountByEmail(db, email);
  if (!account) throw new Error("The account is missing.");
  expect(account.confirmedAt).not.toBeNull();
  const { workspaces } = await getMe(personCtx(db, account));
  expect(workspaces).toEqual([expect.objectContaining({ id: workspace.id, role: "operator" })]);
});

it("asks the owner of a known address to sign in instead", async () => {
  const known = await givenUser(db);
  const { token } = await givenLink(known.email);
  await expect(registerInvited(anonymous, { token, ...person })).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await findAccountByEmail(db, known.email))?.passwordHash).toBeNull();
});
