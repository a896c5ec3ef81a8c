import { expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenUser, personCtx } from "@/modules/users/testing";
import { givenMember, givenWorkspace } from "../testing";
import { enterWorkspace } from "./access";
import { getMe } from "./me";
import { changeWorkspace, createWorkspace } from "./service";

const db = testDb();

it("makes the founder the owner and tells the new workspace in `me`", async () => {
  const ctx = personCtx(db, await givenUser(db));
  const created = await createWorkspace(ctx, { name: "Кофейня на углу" });
  expect(created.slug).toMatch(/^kofeynya-na-uglu/);
  expect((await getMe(ctx)).workspaces).toEqual([{ ...created, role: "owner" }]);
});

it("finds an address for each of several workspaces of one name, founded at once", async () => {
  const ctx = personCtx(db, await givenUser(db));
  const created = await Promise.all(Array.from({ length: 5 }, () => createWorkspace(ctx, { name: "Ромашка" })));
  expect(new Set(created.map((workspace) => workspace.slug)).size).toBe(5);
});

it("keeps the address when the workspace is renamed, and the name as it was typed", async () => {
  const { ctx, workspace } = await givenWorkspace(db);
  const name = `ООО «Ёлка» <b>"1"</b> 🎄`;
  expect(await changeWorkspace(ctx, { name })).toMatchObject({ name, slug: workspace.slug });
});

it("asks which workspace is meant when there are several, and knows only the own ones", async () => {
  const { user, workspace } = await givenWorkspace(db);
  const { workspace: other } = await givenWorkspace(db);
  const ctx = personCtx(db, user);
  expect((await enterWorkspace(ctx, null)).workspaceId).toBe(workspace.id);
  await expect(enterWorkspace(ctx, other.slug)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await givenMember(db, other.id, { user });
  await expect(enterWorkspace(ctx, null)).rejects.toMatchObject({ code: "VALIDATION" });
  expect((await enterWorkspace(ctx, other.slug)).actor.memberRole).toBe("operator");
});
