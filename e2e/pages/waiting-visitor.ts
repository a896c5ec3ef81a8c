import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type postgres from "postgres";
import { expect } from "../fixtures";

/** A dialog of the public API whose visitor waits for a person, in the workspace of the page. */
export async function letSomebodyWait(page: Page, sql: postgres.Sql, name: string): Promise<string> {
  const slug = /\/w\/([^/]+)/.exec(page.url())?.[1] ?? "";
  const [row] = await sql<{ id: string }[]>`
    insert into dialogs (id, workspace_id, assistant_id, channel, visitor_key, visitor_name)
    select ${randomUUID()}, w.id, a.id, 'api', ${randomUUID()}, ${name}
    from workspaces w join assistants a on a.workspace_id = w.id where w.slug = ${slug} limit 1
    returning id`;
  const dialogId = row?.id ?? "";
  const response = await page.request.post("/api/trpc/handoff.request", {
    headers: { origin: new URL(page.url()).origin, "x-workspace-id": slug },
    data: { json: { dialogId } },
  });
  expect(response.status()).toBe(200);
  return dialogId;
}
