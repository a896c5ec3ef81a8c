import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, it } from "vitest";
import { isDatabaseAway, outlastDatabase } from "./database-away";

const coded = (code: string) => Object.assign(new Error("broken"), { code });

describe("a database that is away", () => {
  it.each([
    ["refuses connections", coded("ECONNREFUSED")],
    ["is starting up", coded("57P03")],
    ["closed the connection of a query", new DrizzleQueryError("select 1", [], coded("CONNECTION_CLOSED"))],
    ["ended a client of the job runner", new Error("Connection terminated unexpectedly")],
    ["listens on none of its addresses", new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")])],
  ])("is known when it %s", (_, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    ["a wrong password", coded("28P01")],
    ["a duplicate", new DrizzleQueryError("insert", [], coded("23505"))],
    ["anything that is no error", "ECONNREFUSED"],
  ])("is not what %s means", (_, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });

  it("is outlasted, while any other failure flies", async () => {
    const answers = [coded("ECONNREFUSED"), coded("57P03")];
    const work = async () => {
      const error = answers.shift();
      if (error) throw error;
      return "up";
    };
    expect(await outlastDatabase(work)).toBe("up");
    await expect(outlastDatabase(() => Promise.reject(coded("28P01")))).rejects.toThrow("broken");
  });

  it("is not waited for by a process that is told to stop", async () => {
    const away = () => Promise.reject(coded("ECONNREFUSED"));
    await expect(outlastDatabase(away, AbortSignal.abort())).rejects.toThrow("broken");
  });
});
