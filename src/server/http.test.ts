import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { assertSameOrigin, errorResponse } from "@/server/http";

describe("assertSameOrigin", () => {
  it.each([
    ["http://localhost:3000", "localhost:3000"],
    ["http://192.0.2.7:3000", "192.0.2.7:3000"],
  ])("accepts a request of our own pages from %s", (origin, host) => {
    expect(() => assertSameOrigin(new Headers({ origin, host }))).not.toThrow();
  });

  it.each([
    [{ host: "localhost:3000" }],
    [{ host: "localhost:3000", origin: "null" }],
    [{ host: "localhost:3000", origin: "https://evil.example" }],
    [{ host: "localhost:3000", origin: "http://localhost:3000.evil.example" }],
  ])("refuses a request of another site: %j", (given) => {
    expect(() => assertSameOrigin(new Headers(given as Record<string, string>))).toThrow(AppError);
  });
});

describe("errorResponse", () => {
  it("tells code, field errors and how long to wait", async () => {
    const refusal = new AppError("RATE_LIMITED", "Too many requests.", {
      retryAfterSeconds: 7,
      fieldErrors: { name: ["Too long"] },
    });
    const response = errorResponse(refusal, "request-1");
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({
      error: {
        json: { data: { appCode: "RATE_LIMITED", fieldErrors: { name: ["Too long"] }, requestId: "request-1" } },
      },
    });
  });

  it("keeps the text of a defect to itself", async () => {
    const body = await errorResponse(new Error("password=hunter2"), "request-2").text();
    expect(body).not.toContain("hunter2");
    expect(body).toContain("INTERNAL");
  });
});
