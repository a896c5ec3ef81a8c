import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenSession } from "@/modules/auth/testing";
import { chargeDocument, holdPrice } from "@/modules/balance/server/charging";
import { adjustBalance } from "@/modules/balance/server/service";
import { personCtx } from "@/modules/users/testing";
import { givenMember, givenUser, givenWorkspace } from "@/modules/workspaces/testing";
import { env } from "@/server/env";
import { GET } from "./route";

const db = testDb();

async function givenLedger() {
  const { ctx, user, workspace } = await givenWorkspace(db, { fundsMicros: 0 });
  const staff = personCtx(db, await givenUser(db, { role: "admin" }));
  const adjust = (reason: string) =>
    adjustBalance(staff, { workspaceId: workspace.id, amountMicros: 9_500_000, reason, idempotencyKey: newId() });
  await adjust("=HYPERLINK(1)");
  await adjust('Ёлка; "gift"');
  const reference = { kind: "document", id: newId() } as const;
  await holdPrice(ctx, { service: "document_processed", reference });
  await chargeDocument(ctx, reference);
  return { workspace, cookie: (await givenSession(db, user)).cookie };
}

const get = (cookie: string, query: string, language = "en") =>
  GET(
    new Request(`${env().appUrl}/api/balance/entries?${query}`, {
      headers: { cookie: `${cookie}; locale=${language}`, "accept-language": language },
    }),
  );

describe("GET /api/balance/entries", () => {
  it("gives the filtered ledger as a spreadsheet that opens in Excel and runs nothing", async () => {
    const { cookie } = await givenLedger();
    const response = await get(cookie, "");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename\*=UTF-8''/);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trimEnd().split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe("Time,Operation,Amount,Currency,About,Reason,Number");
    expect(lines[1]).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},Document,-5\.00,RUB,,,[0-9a-f-]{36}$/);
    expect(lines[2]).toContain('9.50,RUB,,"Ёлка; ""gift"""');
    expect(lines[3]).toContain(`"'=HYPERLINK(1)"`);
  });

  it("speaks Russian the way a Russian spreadsheet reads", async () => {
    const { cookie } = await givenLedger();
    const text = await (await get(cookie, "kind=charges", "ru")).text();
    expect(text.replace("\uFEFF", "")).toMatch(
      /^Время;Операция;Сумма;Валюта;За что;Причина;Номер\r\n[^\r]+;Документ;-5,00;RUB;/,
    );
  });

  it("refuses a filter that is none, strangers, operators and people who are not signed in", async () => {
    const { cookie, workspace } = await givenLedger();
    const { user: operator } = await givenMember(db, workspace.id);
    const stranger = await givenSession(db, (await givenWorkspace(db)).user);
    const statusOf = async (response: Promise<Response>) => (await response).status;
    expect(await statusOf(get(cookie, "kind=nonsense"))).toBe(400);
    expect(await statusOf(get(stranger.cookie, `workspace=${workspace.slug}`))).toBe(404);
    expect(await statusOf(get((await givenSession(db, operator)).cookie, ""))).toBe(403);
    expect(await statusOf(get("", ""))).toBe(401);
  });
});
