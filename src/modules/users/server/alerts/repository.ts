import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { alertSettings } from "@/db/schema/users";
import type { UserId } from "@/lib/brand";
import type { AlertSettings, UpdateAlertsInput } from "@/modules/users/alerts/contract";

const columns = {
  sound: alertSettings.sound,
  isDesktopOn: alertSettings.isDesktopOn,
  showsText: alertSettings.showsText,
};

export async function findAlerts(db: Db, userId: UserId): Promise<AlertSettings | undefined> {
  const [row] = await db.select(columns).from(alertSettings).where(eq(alertSettings.userId, userId));
  return row;
}

/** Changes what is named and keeps the rest, also when two tabs change different things at once. */
export async function upsertAlerts(db: Db, userId: UserId, change: UpdateAlertsInput): Promise<void> {
  await db
    .insert(alertSettings)
    .values({ userId, ...change })
    .onConflictDoUpdate({ target: alertSettings.userId, set: { ...change, updatedAt: new Date() } });
}
