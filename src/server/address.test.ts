import { describe, expect, it } from "vitest";
import { clientAddress } from "@/server/address";

const headers = (forwarded?: string) =>
  new Headers({ "x-chatai-peer": "10.0.0.9", ...(forwarded ? { "x-forwarded-for": forwarded } : {}) });

describe("clientAddress", () => {
  it("believes the socket alone when no proxy is configured", () => {
    expect(clientAddress(headers("1.2.3.4"), 0)).toBe("10.0.0.9");
  });

  it("takes the entry that our own proxy wrote, not what the client put before it", () => {
    expect(clientAddress(headers("6.6.6.6, 1.2.3.4"), 1)).toBe("1.2.3.4");
    expect(clientAddress(headers("6.6.6.6, 1.2.3.4, 10.0.0.8"), 2)).toBe("1.2.3.4");
  });

  it("writes an IPv4 address in one way on every socket", () => {
    expect(clientAddress(new Headers({ "x-chatai-peer": "::ffff:127.0.0.1" }), 0)).toBe("127.0.0.1");
    expect(clientAddress(new Headers({ "x-chatai-peer": "2001:db8::1" }), 0)).toBe("2001:db8::1");
  });

  it("falls back to the socket when the proxies wrote nothing", () => {
    expect(clientAddress(headers(), 1)).toBe("10.0.0.9");
  });
});
