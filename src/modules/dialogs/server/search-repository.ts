import { sql, type SQL } from "drizzle-orm";
import { messageWords, nameWords } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

/**
 * The ids of dialogs whose messages or whose visitor's names have all these words, or words that begin with them; Russian and
 * English words also in their other forms. Each part reads an index that knows the workspace.
 */
export function foundDialogs(workspaceId: WorkspaceId, search: string): SQL {
  const begins = beginnings(search);
  const tenant = sql`${`'${workspaceId}'`}::tsquery`;
  const names = sql`(to_tsquery('simple', ${begins}) && ${tenant})`;
  const stems = sql`to_tsquery('russian', ${begins})`;
  const inMessage = messageWords({ text: sql`m.text`, workspaceId: sql`m.workspace_id` });
  const inNames = nameWords({
    visitorName: sql`d.visitor_name`,
    visitorUsername: sql`d.visitor_username`,
    workspaceId: sql`d.workspace_id`,
  });
  // A search for nothing but particles has no stems, and the tenant's word alone would find everything.
  return sql`
    select m.dialog_id as id from messages m where m.author <> 'system' and numnode(${stems}) > 0 and ${inMessage} @@ (${stems} && ${tenant})
    union select d.id from dialogs d where numnode(to_tsquery('simple', ${begins})) > 0 and ${inNames} @@ ${names}
    union select d.id from visitor_profiles p join dialogs d
      on d.workspace_id = p.workspace_id and d.channel = p.channel and d.visitor_key = p.visitor_key
      where p.workspace_id = ${workspaceId}::uuid and to_tsvector('simple', translate(p.name, 'ёЁ', 'ее')) @@ to_tsquery('simple', ${begins})`;
}

/** What was typed as a query for beginnings of words; quotes and backslashes mean nothing in it. */
function beginnings(search: string): string {
  const words = search.replace(/ё/g, "е").replace(/Ё/g, "Е").split(/\s+/);
  return words
    .map((word) => word.replace(/['\\]/g, " ").trim())
    .filter((word) => word !== "")
    .map((word) => `'${word}':*`)
    .join(" & ");
}
