import { describe, expect, it } from "vitest";
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
