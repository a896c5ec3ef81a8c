import type { MemberRole } from "@/db/enums";

const RANK: Record<MemberRole, number> = { operator: 0, admin: 1, owner: 2 };

/** Who may give a role, by invitation or change: owners any, admins up to their own, operators none. */
export function mayGrantRole(actor: MemberRole, role: MemberRole): boolean {
  return actor !== "operator" && RANK[role] <= RANK[actor];
}

/** Who may change or remove a member: owners everybody, admins only members below them. */
export function mayManageMember(actor: MemberRole, target: MemberRole): boolean {
  return actor === "owner" || RANK[target] < RANK[actor];
}

/** Who may see and change the team: owners and admins. */
export function mayManageTeam(actor: MemberRole): boolean {
  return actor !== "operator";
}

/** Name, time zone and ownership of the workspace are the owners' alone. */
export function mayManageWorkspace(actor: MemberRole): boolean {
  return actor === "owner";
}
