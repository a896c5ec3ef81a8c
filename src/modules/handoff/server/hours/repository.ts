import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { handoffSettings } from "@/db/schema/handoff";
import { workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import type { HandoffSettings } from "@/modules/handoff/hours/contract";

const columns = {
  isAlwaysOpen: handoffSettings.isAlwaysOpen,
  timeZone: handoffSettings.timeZone,
  week: handoffSettings.week,
  specialDays: handoffSettings.specialDays,
  siteSlaMinutes: handoffSettings.siteSlaMinutes,
  telegramSlaMinutes: handoffSettings.telegramSlaMinutes,
  rungs: handoffSettings.rungs,
  requestTell: handoffSettings.requestTell,
  extraEmails: handoffSettings.extraEmails,
  expiresAfterMinutes: handoffSettings.expiresAfterMinutes,
  operatorLostAfterMinutes: handoffSettings.operatorLostAfterMinutes,
  version: handoffSettings.version,
};

type Stored = Omit<HandoffSettings, "workspaceTimeZone">;

/** What a workspace has set; `settings` is null before its first save, and nothing comes back for no workspace. */
export async function findSettings(
  db: Db,
  workspaceId: WorkspaceId,
): Promise<{ workspaceTimeZone: string; settings: Stored | null } | undefined> {
  const [row] = await db
    .select({ workspaceTimeZone: workspaces.timeZone, settings: columns })
    .from(workspaces)
    .leftJoin(handoffSettings, eq(handoffSettings.workspaceId, workspaces.id))
    .where(eq(workspaces.id, workspaceId));
  return row;
}

/** Writes over the version that was edited. False when somebody else saved meanwhile. */
export async function saveSettings(
  db: Db,
  workspaceId: WorkspaceId,
  change: Partial<Omit<Stored, "version">>,
  version: number,
): Promise<boolean> {
  const values = {
    ...change,
    specialDays: change.specialDays?.map((day) => ({ ...day, intervals: [...day.intervals] })),
  };
  const rows = await db
    .insert(handoffSettings)
    .values({ ...values, workspaceId })
    .onConflictDoUpdate({
      target: handoffSettings.workspaceId,
      set: { ...values, version: sql`${handoffSettings.version} + 1`, updatedAt: sql`now()` },
      setWhere: eq(handoffSettings.version, version),
    })
    .returning({ version: handoffSettings.version });
  return rows.length > 0;
}
