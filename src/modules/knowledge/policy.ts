import type { MemberRole } from "@/db/enums";

/** Who may see and change an assistant's knowledge: owners and admins. */
export function mayManageKnowledge(actor: MemberRole): boolean {
  return actor !== "operator";
}
