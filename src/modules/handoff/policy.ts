import type { MemberRole } from "@/db/enums";

/** Owners and admins may act on a dialog that somebody else has. */
export function mayOverride(role: MemberRole): boolean {
  return role !== "operator";
}

/** Who may answer in a dialog that a person has: that person, owners and admins. */
export function mayReply(actor: { userId: string; memberRole: MemberRole }, holderId: string | null): boolean {
  return holderId === actor.userId || mayOverride(actor.memberRole);
}
