import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Channel } from "@/db/enums";
import { dialogs, visitorProfiles } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";
import type { DialogContext, PastDialog, UsedSource } from "@/modules/dialogs/profile/contract";

export type VisitorRef = { channel: Channel; visitorKey: string };

const MAX_PAST = 20;
const MAX_SOURCES = 20;

export async function findVisitor(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
): Promise<(VisitorRef & { summary: string }) | undefined> {
  const [row] = await db
    .select({ channel: dialogs.channel, visitorKey: dialogs.visitorKey, summary: dialogs.boundarySummary })
    .from(dialogs)
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
  return row;
}

/** Keeps the team's name of a visitor and puts it on all dialogs. The profile's row makes twins wait for each other. */
export async function nameVisitorRow(
  db: Db,
  workspaceId: WorkspaceId,
  { channel, visitorKey }: VisitorRef,
  { name, now }: { name: string; now: Date },
): Promise<void> {
  await db
    .insert(visitorProfiles)
    .values({ channel, visitorKey, workspaceId, name, updatedAt: now })
    .onConflictDoUpdate({
      target: [visitorProfiles.workspaceId, visitorProfiles.channel, visitorProfiles.visitorKey],
      set: { name, updatedAt: now },
    });
  await db.update(dialogs).set({ visitorName: name }).where(ofVisitor(workspaceId, { channel, visitorKey }));
}

export async function listPastDialogs(
  db: Db,
  workspaceId: WorkspaceId,
  visitor: VisitorRef,
  exceptId: string,
): Promise<PastDialog[]> {
  return db
    .select({
      id: dialogs.id,
      channel: dialogs.channel,
      lastMessage: dialogs.lastMessage,
      messageCount: dialogs.messageSeq,
      status: dialogs.status,
      rating: sql<number | null>`(select r.stars from dialog_ratings r where r.dialog_id = ${dialogs.id})`,
      createdAt: dialogs.createdAt,
      lastMessageAt: dialogs.lastMessageAt,
    })
    .from(dialogs)
    .where(and(ofVisitor(workspaceId, visitor), ne(dialogs.id, exceptId)))
    .orderBy(desc(dialogs.createdAt), desc(dialogs.id))
    .limit(MAX_PAST);
}

type Figures = { sources: UsedSource[]; thumbs: DialogContext["thumbs"]; micros: number; answers: number };

/** What the answers of a dialog relied on, what they cost and what the visitor thought of them, in one statement. */
export async function readFigures(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<Figures> {
  const [row] = await db.execute<Figures>(sql`
    with answers as (
      select m.id, m.citations, m.charge_micros from messages m
      where m.dialog_id = ${dialogId}::uuid and m.workspace_id = ${workspaceId}::uuid and m.author = 'assistant'
    ), used as (
      select c ->> 'documentId' as document_id, c ->> 'qaId' as qa_id, c ->> 'title' as title, count(distinct a.id)::int as answers
      from answers a cross join lateral jsonb_array_elements(a.citations) c group by 1, 2, 3 order by 4 desc, 3 limit ${MAX_SOURCES}::int
    )
    select coalesce((select json_agg(json_build_object('documentId', u.document_id, 'qaId', u.qa_id, 'title', u.title, 'answers', u.answers)
        order by u.answers desc, u.title) from used u), '[]'::json) as sources,
      (select json_build_object('up', count(*) filter (where r.is_positive), 'down', count(*) filter (where not r.is_positive))
        from message_ratings r join answers a on a.id = r.message_id where r.rater = 'visitor') as thumbs,
      (select coalesce(sum(charge_micros), 0)::float8 from answers) as micros, (select count(*)::int from answers) as answers`);
  return row ?? { sources: [], thumbs: { up: 0, down: 0 }, micros: 0, answers: 0 };
}

function ofVisitor(workspaceId: WorkspaceId, { channel, visitorKey }: VisitorRef) {
  return and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.channel, channel), eq(dialogs.visitorKey, visitorKey));
}
