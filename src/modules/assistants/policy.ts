import type { MemberRole } from "@/db/enums";

/** Operators see assistants; only owners and admins change them. */
export function mayEditAssistants(role: MemberRole): boolean {
  return role !== "operator";
}
