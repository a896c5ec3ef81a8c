import { sql, type SQL } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "@/db/client";
import { messageWords, nameWords } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

const inMessage = messageWords({ text: sql`m.text`, workspaceId: sql`m.workspace_id` });
const inNames = nameWords({
  visitorName: sql`d.visitor_name`,
  visitorUsername: sql`d.visitor_username`,
  workspaceId: sql`d.workspace_id`,
});

/** Words of so few letters begin hundreds of others in any language, and the index would read where all of those were said. */
const isTooShort = (word: string) => /^\p{L}{1,2}$/u.test(word);

/**
 * What was typed, as a query for words that begin like it, or for the words themselves where they have to be `whole`.
 * Quotes and backslashes mean nothing in it.
 */
function beginnings(search: string, whole: (word: string) => boolean): string {
  const words = search.replace(/ё/g, "е").replace(/Ё/g, "Е").split(/\s+/);
  return words
    .map((word) => word.replace(/['\\]/g, " ").trim())
    .filter((word) => word !== "")
    .map((word) => `'${word}'${whole(word) ? "" : ":*"}`)
    .join(" & ");
}

function queriesOf(workspaceId: WorkspaceId, search: string) {
  const tenant = sql`${`'${workspaceId}'`}::tsquery`;
  const [stems, names] = [
    sql`to_tsquery('russian', ${beginnings(search, isTooShort)})`,
    sql`to_tsquery('simple', ${beginnings(search, () => false)})`,
  ];
  return {
    // A search for nothing but particles has no stems, and the tenant's word alone would find everything.
    hasStems: sql`numnode(${stems}) > 0`,
    hasNames: sql`numnode(${names}) > 0`,
    names,
    ofMessage: sql`m.author <> 'system' and ${inMessage} @@ (${stems} && ${tenant})`,
    ofNames: sql`${inNames} @@ (${names} && ${tenant})`,
  };
}

/**
 * The ids of dialogs whose messages or whose visitor's names have all these words, or words that begin with them; Russian and
 * English words also in their other forms, and in messages from three letters on. Each part reads an index that knows the
 * workspace. Right for words that few have said.
 */
export function foundDialogs(workspaceId: WorkspaceId, search: string): SQL {
  const { hasStems, hasNames, names, ofMessage, ofNames } = queriesOf(workspaceId, search);
  return sql`
    select m.dialog_id as id from messages m where ${hasStems} and ${ofMessage}
    union select d.id from dialogs d where ${hasNames} and ${ofNames}
    union select d.id from visitor_profiles p join dialogs d
      on d.workspace_id = p.workspace_id and d.channel = p.channel and d.visitor_key = p.visitor_key
      where p.workspace_id = ${workspaceId}::uuid and to_tsvector('simple', translate(p.name, 'ёЁ', 'ее')) @@ ${names}`;
}

/**
 * The same question to one dialog `d` as a condition, answered from its names and messages: right for words that many have said,
 * where the newest dialogs soon fill a page and the index would bring all of them.
 */
export function saidInDialog(workspaceId: WorkspaceId, search: string): SQL {
  const { hasStems, hasNames, names } = queriesOf(workspaceId, search);
  const patterns = sql`array(select '%' || regexp_replace(lexeme, '([\\\\%_])', '\\\\\\1', 'g') || '%'
    from unnest(to_tsvector('russian', translate(${search}, 'ёЁ', 'ее'))))`;
  // The case looks into the messages only after the names; the limit keeps the planner from reading all messages at once.
  return sql`case
    when ${hasNames} and ${inNames} @@ ${names} then true
    when ${hasNames} and exists (select from visitor_profiles p
      where p.workspace_id = d.workspace_id and p.channel = d.channel and p.visitor_key = d.visitor_key
        and to_tsvector('simple', translate(p.name, 'ёЁ', 'ее')) @@ ${names}) then true
    when ${hasStems} then coalesce((select true from messages m where m.dialog_id = d.id and m.author <> 'system'
      and lower(translate(m.text, 'ёЁ', 'ее')) like all (${patterns}) limit 1), false)
    else false end`;
}

// Where reading all finds from the index begins to cost as much as looking into the newest dialogs, measured on a million messages.
const COMMON_MESSAGES = 6_000;
const COMMON_NAMES = 1_000;

const partSchema = z.looseObject({ "Parent Relationship": z.string().optional(), "Plan Rows": z.number() });
const planSchema = z.tuple([
  z.looseObject({ "QUERY PLAN": z.tuple([z.object({ Plan: z.looseObject({ Plans: z.array(partSchema) }) })]) }),
]);

/** Whether so many have said these words, or are called so, that the index is the longer way. The planner's guess, which reads no row. */
export async function isCommon(db: Db, workspaceId: WorkspaceId, search: string): Promise<boolean> {
  const { ofMessage, ofNames } = queriesOf(workspaceId, search);
  const rows = await db.execute(sql`explain (format json)
    with said as materialized (select m.id from messages m where ${ofMessage}),
      called as materialized (select d.id from dialogs d where ${ofNames})
    select from said union all select from called`);
  const [{ "QUERY PLAN": plan }] = planSchema.parse([...rows]);
  const [said, called] = plan[0].Plan.Plans.filter((part) => part["Parent Relationship"] === "InitPlan");
  return (said?.["Plan Rows"] ?? 0) > COMMON_MESSAGES || (called?.["Plan Rows"] ?? 0) > COMMON_NAMES;
}
