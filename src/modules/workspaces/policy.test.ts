import { expect, it } from "vitest";
import type { MemberRole } from "@/db/enums";
import { mayGrantRole, mayManageMember, mayManageTeam, mayManageWorkspace } from "./policy";

const roles: MemberRole[] = ["owner", "admin", "operator"];
const allowed = (may: (actor: MemberRole, other: MemberRole) => boolean) =>
  Object.fromEntries(roles.map((actor) => [actor, roles.filter((other) => may(actor, other))]));

it("lets people give roles up to their own", () => {
  expect(allowed(mayGrantRole)).toEqual({ owner: roles, admin: ["admin", "operator"], operator: [] });
});

it("lets owners manage everybody and admins only operators", () => {
  expect(allowed(mayManageMember)).toEqual({ owner: roles, admin: ["operator"], operator: [] });
});

it("keeps the team from operators and the workspace itself from admins", () => {
  expect(roles.filter(mayManageTeam)).toEqual(["owner", "admin"]);
  expect(roles.filter(mayManageWorkspace)).toEqual(["owner"]);
});
