import { notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import type { UserCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import type { Profile, UpdateProfileInput } from "../contract";
import { findProfile, updateProfile as writeProfile } from "./repository";

export async function getProfile(ctx: UserCtx): Promise<Profile> {
  const profile = await findProfile(ctx.db, ctx.actor.userId);
  if (!profile) throw notFound("Account");
  return profile;
}

/** Changes the own name or language. */
export async function updateProfile(ctx: UserCtx, input: UpdateProfileInput): Promise<Profile> {
  const isEmpty = input.name === undefined && input.locale === undefined;
  if (isEmpty) return getProfile(ctx);
  return inTransaction(ctx, async (ctx) => {
    const profile = await writeProfile(ctx.db, ctx.actor.userId, input);
    if (!profile) throw notFound("Account");
    await audit(ctx, { operation: "users.updated", targetKind: "user", targetId: profile.id });
    return profile;
  });
}
