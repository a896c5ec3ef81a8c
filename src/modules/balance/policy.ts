import type { MemberRole } from "@/db/enums";

/** Money is the concern of those who pay; operators only answer. */
export function maySeeMoney(role: MemberRole): boolean {
  return role !== "operator";
}
