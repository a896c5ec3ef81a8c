import { callTRPCProcedure, TRPCError, type AnyTRPCProcedure } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { personOf } from "@/modules/users/testing";
import { givenMember, givenUser, givenWorkspace } from "@/modules/workspaces/testing";
import type { Actor, MemberCtx } from "@/server/context";
import { makeCtx } from "@/server/testing";
import { ACCESS, type Access } from "./testing-access";
import { FOREIGN_INPUTS, givenForeignWorld } from "./testing-foreign-ids";
import type { TrpcContext } from "./init";
import { appRouter } from "./root";

const db = testDb();
const procedures = flatProcedures();
const paths = Object.keys(procedures).sort();

const CALLERS = ["anonymous", "outsider", "operator", "admin", "owner", "staff"] as const;
type Caller = (typeof CALLERS)[number];

/** What the table promises a caller: a refusal's code, or that the door opens. */
function promised(access: Access, caller: Caller): string {
  if (access === "anyone") return "let in";
  if (caller === "anonymous") return "UNAUTHORIZED";
  if (access === "user") return "let in";
  if (access === "staff") return caller === "staff" ? "let in" : "FORBIDDEN";
  // Staff are no members of a tenant, whatever their place in the platform.
  if (caller === "outsider" || caller === "staff") return "NOT_FOUND";
  const isAllowed = { member: true, manager: caller !== "operator", owner: caller === "owner" }[access];
  return isAllowed ? "let in" : "FORBIDDEN";
}

async function call(path: string, actor: Actor, workspaceId: string, input?: unknown): Promise<string> {
  const ctx: TrpcContext = {
    // An address of its own keeps one caller's quota from closing the door for the next.
    ...makeCtx(db, actor, { address: newId() }),
    requestedWorkspace: workspaceId,
    resHeaders: new Headers(),
  };
  const type = procedures[path]?._def.type ?? "query";
  const call = { router: appRouter, path, ctx, type, getRawInput: async () => input, signal: undefined, batchIndex: 0 };
  try {
    await callTRPCProcedure(call);
    return "let in";
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    // The access check stands before the input's, so bad input means that the door was open.
    return error.code === "BAD_REQUEST" ? "let in" : error.code;
  }
}

async function givenCallers() {
  const { ctx, workspace } = await givenWorkspace(db);
  const operator = await givenMember(db, workspace.id);
  const admin = await givenMember(db, workspace.id, { memberRole: "admin" });
  // A second owner, so that nothing an owner tries is refused for being the last.
  await givenMember(db, workspace.id, { memberRole: "owner" });
  const actors: Record<Caller, Actor> = {
    anonymous: { kind: "anonymous" },
    outsider: personOf(await givenUser(db)),
    operator: asPerson(operator.ctx),
    admin: asPerson(admin.ctx),
    owner: asPerson(ctx),
    staff: personOf(await givenUser(db, { role: "admin" })),
  };
  return { actors, workspaceId: workspace.id };
}

describe("the access table", () => {
  it("has a row for every procedure and no row without one", () => {
    expect(Object.keys(ACCESS).sort()).toEqual(paths);
  });

  it.each(paths)("lets into %s whom it should and nobody else", async (path) => {
    const access = ACCESS[path];
    if (!access) throw new Error(`Give ${path} a row in testing-access.ts.`);
    const { actors, workspaceId } = await givenCallers();
    const found = await Promise.all(CALLERS.map((caller) => call(path, actors[caller], workspaceId)));
    expect(CALLERS.map((caller, index) => `${caller}: ${found[index]}`)).toEqual(
      CALLERS.map((caller) => `${caller}: ${promised(access, caller)}`),
    );
  });
});

describe("things of another workspace or person", () => {
  const naming = paths.filter((path) => inputKeys(path).some((key) => key === "id" || key.endsWith("Id")));

  it.each(naming.filter((path) => path !== "realtime.events"))("do not exist for %s", async (path) => {
    const inputOf = FOREIGN_INPUTS[path];
    if (!inputOf)
      throw new Error(`Give ${path} a row in testing-foreign-ids.ts: an input with an id of another workspace.`);
    const { actors, workspaceId } = await givenCallers();
    const caller = ACCESS[path] === "staff" ? actors.staff : actors.owner;
    expect(await call(path, caller, workspaceId, inputOf(await givenForeignWorld()))).toBe("NOT_FOUND");
  });
});

function asPerson({ actor: { userId, role, sessionId } }: MemberCtx): Actor {
  return { kind: "user", userId, role, sessionId };
}

function inputKeys(path: string): string[] {
  const inputs = procedures[path]?._def.inputs ?? [];
  return inputs.flatMap((schema) => ("shape" in schema ? Object.keys(Object(schema.shape)) : []));
}

function flatProcedures() {
  // The router keeps its procedures under dotted paths; its type shows them nested.
  return appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure & { _def: { inputs?: object[] } }>;
}
