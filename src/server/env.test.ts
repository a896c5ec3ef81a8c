import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "@/server/env";

describe("parseEnv", () => {
  it("needs nothing and derives the public address from the port", () => {
    expect(parseEnv({ PORT: "4100" }).appUrl).toBe("http://localhost:4100");
  });

  it("treats an empty line of an .env file as absent", () => {
    expect(parseEnv({ DATABASE_URL: "", APP_URL: "", AUTH_SECRET: "" }).DATABASE_URL).toBeUndefined();
  });

  it.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://user:hunter2@host/db"],
    ["AUTH_SECRET", "hunter2"],
    ["TELEGRAM_MODE", "hunter2"],
    ["APP_URL", "hunter2"],
    ["TRUST_PROXY", "-1"],
    ["PUSHER_PORT", "hunter2"],
    ["PUSHER_HOST", "https://hunter2"],
  ])("refuses %s=%s, naming the variable and never its value", (name, value) => {
    const attempt = () => parseEnv({ [name]: value });
    expect(attempt).toThrow(EnvError);
    expect(attempt).toThrow(name);
    expect(attempt).not.toThrow(/hunter2|eighty|70000/);
  });

  it("refuses half a Pusher, naming what is missing", () => {
    const attempt = () => parseEnv({ PUSHER_KEY: "hunter2", PUSHER_APP_ID: "1" });
    expect(attempt).toThrow("PUSHER_SECRET");
    expect(attempt).not.toThrow(/hunter2|PUSHER_KEY/);
    expect(parseEnv({ PUSHER_KEY: "k", PUSHER_APP_ID: "1", PUSHER_SECRET: "s" }).PUSHER_KEY).toBe("k");
  });
});
