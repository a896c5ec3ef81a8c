import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenSession } from "@/modules/auth/testing";
import { handoffState } from "@/modules/handoff/server/service";
import { givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { env } from "@/server/env";
import { POST } from "./route";

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  POST(
    new Request(`${env().appUrl}/api/trpc/auth.checkResetLink`, {
      method: "POST",
      body,
      duplex: "half",
      headers: { origin: env().appUrl, "content-type": "application/json", ...headers },
    } as RequestInit),
  );

describe("the tRPC door", () => {
  it("stops reading a body that never ends, and says why", async () => {
    let sentBytes = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sentBytes += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024).fill(97));
      },
    });
    const response = await post(endless);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      error: { json: { data: { appCode: "PAYLOAD_TOO_LARGE", requestId: expect.any(String) } } },
    });
    expect(sentBytes).toBeLessThan(8 * 1024 * 1024);
  });

  it("answers what is no JSON with 400, and another site with 403", async () => {
    expect((await post("{")).status).toBe(400);
    expect((await post("{}", { origin: "https://evil.example" })).status).toBe(403);
  });
});

it("does nothing for a page whose person has been followed by somebody else in the same browser", async () => {
  const db = testDb();
  const { ctx: anna, workspace } = await givenWorkspace(db);
  const ben = await givenMember(db, workspace.id);
  const { dialogId } = await givenWaiting(anna);
  const { cookie } = await givenSession(db, ben.user);
  const reply = (userId: string) => {
    const headers = {
      origin: env().appUrl,
      "content-type": "application/json",
      cookie,
      "x-workspace-id": workspace.id,
      "x-user-id": userId,
    };
    const body = JSON.stringify({ json: { dialogId, id: newId(), text: "Good day", takeOver: true } });
    return POST(new Request(`${env().appUrl}/api/trpc/dialogs.reply`, { method: "POST", headers, body }));
  };
  const refused = await reply(anna.actor.userId);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ error: { json: { data: { appCode: "UNAUTHORIZED" } } } });
  expect((await handoffState(anna, dialogId)).status).toBe("requested");
  expect((await reply(ben.ctx.actor.userId)).status).toBe(200);
});
