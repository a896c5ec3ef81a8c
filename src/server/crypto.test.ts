import { beforeAll, describe, expect, it } from "vitest";
import { decryptSecret, encryptSecret, equalSecrets, randomCode } from "@/server/crypto";

beforeAll(() => {
  process.env.ENCRYPTION_KEY ??= "0123456789abcdef0123456789abcdef";
});

describe("sealed secrets", () => {
  it("gives back what was sealed, whatever the script", () => {
    const secret = "7123:AAF-токен-🔑";
    expect(decryptSecret(encryptSecret(secret, "bots:1"), "bots:1")).toBe(secret);
  });

  it("seals the same text differently each time", () => {
    expect(encryptSecret("x", "p")).not.toBe(encryptSecret("x", "p"));
  });

  it("does not open a text that was moved to another row", () => {
    const sealed = encryptSecret("token", "bots:1");
    expect(() => decryptSecret(sealed, "bots:2")).toThrow();
  });

  it("does not open a text that was altered", () => {
    const sealed = encryptSecret("token", "bots:1");
    const altered = `${sealed.slice(0, -2)}${sealed.endsWith("AA") ? "BB" : "AA"}`;
    expect(() => decryptSecret(altered, "bots:1")).toThrow();
  });
});

describe("codes and comparison", () => {
  it("makes codes of exactly six digits", () => {
    for (let n = 0; n < 200; n += 1) expect(randomCode()).toMatch(/^\d{6}$/);
  });

  it("tells equal from unequal secrets of any length", () => {
    expect(equalSecrets("abc", "abc")).toBe(true);
    expect(equalSecrets("abc", "abcd")).toBe(false);
    expect(equalSecrets("", "a")).toBe(false);
  });
});
