import { and, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "@/db/client";
import { dialogs } from "@/db/schema/dialogs";
import { systemSettings } from "@/db/schema/platform";
import type { WorkspaceId } from "@/lib/brand";
import type { Locale } from "@/lib/locales";

const KEY = { category: "site", key: "demo" } as const;
const demoSchema = z.object({ workspaceId: z.uuid(), assistantIds: z.object({ en: z.uuid(), ru: z.uuid() }) });

export type Demo = { workspaceId: WorkspaceId; assistantIds: Record<Locale, string> };

/** The workspace whose assistants talk on the landing page; null in an installation without one. */
export async function findDemo(db: Db): Promise<Demo | null> {
  const [row] = await db
    .select({ value: systemSettings.value })
    .from(systemSettings)
    .where(and(eq(systemSettings.category, KEY.category), eq(systemSettings.key, KEY.key)));
  const parsed = demoSchema.safeParse(row?.value);
  // The row is written by the seed alone, which is what mints a WorkspaceId.
  return parsed.success ? { ...parsed.data, workspaceId: parsed.data.workspaceId as WorkspaceId } : null;
}

/** Names the assistants of the landing page. */
export async function saveDemo(db: Db, demo: Demo): Promise<void> {
  await db
    .insert(systemSettings)
    .values({ ...KEY, value: demo })
    .onConflictDoUpdate({ target: [systemSettings.category, systemSettings.key], set: { value: demo } });
}

type GuestKey = { assistantId: string; visitorKey: string };

/** The open dialog of a guest with an assistant; null before the first question. */
export async function findGuestDialog(db: Db, workspaceId: WorkspaceId, guest: GuestKey): Promise<string | null> {
  const [row] = await db
    .select({ id: dialogs.id })
    .from(dialogs)
    .where(
      and(
        eq(dialogs.workspaceId, workspaceId),
        eq(dialogs.assistantId, guest.assistantId),
        eq(dialogs.channel, "widget"),
        eq(dialogs.visitorKey, guest.visitorKey),
        eq(dialogs.status, "open"),
      ),
    );
  return row?.id ?? null;
}
