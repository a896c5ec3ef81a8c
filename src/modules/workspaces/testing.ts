import type { Db } from "@/db/client";
import type { MemberRole } from "@/db/enums";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";
import type { Member, MemberCtx } from "@/server/context";
import { makeCtx } from "@/server/testing";
import type { Account, NewAccount } from "@/modules/users/server/repository";
import { givenFunds } from "@/modules/balance/testing";
import { givenUser, personCtx, personOf } from "@/modules/users/testing";
import { enterWorkspace } from "./server/access";
import { insertMember, insertWorkspace } from "./server/repository";

export { givenUser } from "@/modules/users/testing";

type WorkspaceOverrides = {
  name?: string;
  slug?: string;
  /** Of the first member; owner unless told otherwise. */
  memberRole?: MemberRole;
  /** An existing person as the first member, or fields of a new one. */
  user?: Account | Partial<NewAccount>;
  /** What the wallet holds; so much that no test notices unless told otherwise. */
  fundsMicros?: number;
};

const AMPLE_FUNDS_MICROS = 1_000_000_000_000;

/** A new workspace with one member, and a context of that member inside it. */
export async function givenWorkspace(db: Db, overrides: WorkspaceOverrides = {}) {
  const slug = overrides.slug ?? `acme-${newId()}`;
  const workspace = await insertWorkspace(db, { name: overrides.name ?? "Acme", slug });
  if (!workspace) throw new Error("The slug given to the builder is taken.");
  const user = isAccount(overrides.user) ? overrides.user : await givenUser(db, overrides.user);
  const memberRole = overrides.memberRole ?? "owner";
  await insertMember(db, workspace.id, user.id, memberRole);
  await givenFunds(db, workspace.id, overrides.fundsMicros ?? AMPLE_FUNDS_MICROS);
  return { ctx: memberCtx(db, workspace.id, user, memberRole), workspace, user };
}

/** One more member of a workspace, an operator unless told otherwise, with the context of that member. */
export async function givenMember(
  db: Db,
  workspaceId: WorkspaceId,
  overrides: { memberRole?: MemberRole; user?: Account | Partial<NewAccount> } = {},
) {
  const user = isAccount(overrides.user) ? overrides.user : await givenUser(db, overrides.user);
  const memberRole = overrides.memberRole ?? "operator";
  await insertMember(db, workspaceId, user.id, memberRole);
  return { ctx: memberCtx(db, workspaceId, user, memberRole), user };
}

/** The context of a person in the workspace of that address, through the real door; for seeds that come later. */
export async function memberCtxOf(db: Db, user: Pick<Account, "id" | "role">, slug: string): Promise<MemberCtx> {
  return enterWorkspace(personCtx(db, user), slug);
}

function memberCtx(db: Db, workspaceId: WorkspaceId, user: Account, memberRole: MemberRole): MemberCtx {
  const actor: Member = { ...personOf(user), kind: "member", memberRole };
  return { ...makeCtx(db, actor), workspaceId };
}

function isAccount(user: Account | Partial<NewAccount> | undefined): user is Account {
  return user !== undefined && "id" in user;
}
