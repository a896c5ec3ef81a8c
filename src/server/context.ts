import type { Db } from "@/db/client";
import type { MemberRole, UserRole } from "@/db/enums";
import type { UserId, WorkspaceId } from "@/lib/brand";
import type { Locale } from "@/lib/locales";
import type { Logger } from "@/server/logger";

export type Anonymous = { kind: "anonymous" };
export type Person = { kind: "user"; userId: UserId; role: UserRole; sessionId: string };
export type Member = Omit<Person, "kind"> & { kind: "member"; memberRole: MemberRole };
export type Visitor = { kind: "visitor"; visitorKey: string };
export type System = { kind: "system"; job: string };
export type Actor = Anonymous | Person | Member | Visitor | System;

/** What every use case gets: who asks, from where, with which database handle and clock. */
export type Ctx<A extends Actor = Actor> = {
  db: Db;
  actor: A;
  locale: Locale;
  log: Logger;
  requestId: string;
  /** The caller's address as far as proxies are trusted; empty in jobs. */
  address: string;
  userAgent: string;
  now: () => Date;
  /** Collects facts for the one wide log event of this request or job. Never texts or secrets. */
  note: (facts: Record<string, string | number | boolean | null>) => void;
};

export type AnonymousCtx = Ctx<Actor>;
export type UserCtx = Ctx<Person | Member>;

/** A context inside one tenant. Only a door makes one, after it proved the right to. */
export type WorkspaceCtx<A extends Actor = Actor> = Ctx<A> & { workspaceId: WorkspaceId };
export type MemberCtx = WorkspaceCtx<Member>;
