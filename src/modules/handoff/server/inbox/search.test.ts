import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { inboxListInput } from "@/modules/handoff/inbox/contract";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { listInbox } from "./service";

const db = testDb();
const DIALOGS = 700;
const EACH = 10;

it("finds the newest dialogs also for words that everybody says, page by page, and a pair of words that only the oldest said", async () => {
  const { ctx } = await givenWorkspace(db);
  const { id: assistantId } = await givenAssistant(ctx);
  await db.execute(sql`
    insert into dialogs (id, workspace_id, assistant_id, channel, visitor_key, message_seq, last_message_at)
    select gen_random_uuid(), ${ctx.workspaceId}::uuid, ${assistantId}::uuid, 'api', 'common:' || n || ${newId()}::text, ${EACH}::int,
      date_trunc('milliseconds', now()) - make_interval(secs => n) from generate_series(1, ${DIALOGS}::int) n`);
  // All but the oldest say one of the two words in each message; only the oldest says both at once.
  await db.execute(sql`
    insert into messages (id, workspace_id, dialog_id, seq, author, client_id, text)
    select gen_random_uuid(), d.workspace_id, d.id, seq, 'visitor', seq::text,
      case when d.n = ${DIALOGS}::int then 'Доставка и возврат' when seq % 2 = 0 then 'Где доставка?' else 'Хочу возврат' end
    from (select *, row_number() over (order by last_message_at desc) as n from dialogs where workspace_id = ${ctx.workspaceId}::uuid) d
      cross join generate_series(1, ${EACH}::int) seq`);
  await db.execute(sql`analyze messages`);

  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 3; page += 1) {
    const found = await listInbox(ctx, inboxListInput.parse({ view: "all", search: "доставку", cursor }));
    seen.push(...found.items.map(({ id }) => id));
    cursor = found.nextCursor ?? undefined;
  }
  const newest = await db.execute<{ id: string }>(sql`
    select id from dialogs where workspace_id = ${ctx.workspaceId}::uuid order by last_message_at desc, id desc limit 150`);
  expect(seen).toEqual([...newest].map(({ id }) => id));

  const both = await listInbox(ctx, inboxListInput.parse({ view: "all", search: "доставка возврат" }));
  expect(both.items).toHaveLength(1);
});

it("finds names from their first letter on, and what was said from the third", async () => {
  const { ctx } = await givenWorkspace(db);
  const { id: assistantId } = await givenAssistant(ctx);
  const dialogId = newId();
  await db.execute(sql`
    insert into dialogs (id, workspace_id, assistant_id, channel, visitor_key, visitor_name, message_seq, last_message_at)
    values (${dialogId}::uuid, ${ctx.workspaceId}::uuid, ${assistantId}::uuid, 'api', ${newId()}, 'Алёна Каро', 1, now())`);
  await db.execute(sql`
    insert into messages (id, workspace_id, dialog_id, seq, author, client_id, text)
    values (gen_random_uuid(), ${ctx.workspaceId}::uuid, ${dialogId}::uuid, 1, 'visitor', '1', 'Нужна полка 12 на кухню')`);
  const finds = async (search: string) =>
    (await listInbox(ctx, inboxListInput.parse({ view: "all", search }))).items.length;
  for (const search of ["а", "алена к", "КАРО", "полк", "полка кух", "полки 12", "полк 1", "12"])
    expect(await finds(search), search).toBe(1);
  for (const search of ["алена л", "полка ку", "по"]) expect(await finds(search), search).toBe(0);
});
