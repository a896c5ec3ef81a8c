import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { users } from "@/db/schema/users";
import { newId } from "@/lib/ids";
import type { Account } from "@/modules/users/server/repository";
import { givenPasswordUser } from "../testing";
import { answerAuth } from "./next-auth-door";
import { findPerson } from "./session";

const db = testDb();
const password = "correct horse 1";

/** A browser of one address: it keeps cookies as they are set. */
class Browser {
  private readonly jar = new Map<string, string>();
  private readonly peer = `10.${newId().slice(-6)}`;

  get headers(): Headers {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Headers({ cookie, "x-chatai-peer": this.peer });
  }

  async get(path: string): Promise<Response> {
    return this.keep(
      await answerAuth(
        new Request(`http://localhost:3000/api/auth/${path}`, { headers: this.headers }),
        path.split("/"),
      ),
    );
  }

  async post(path: string, fields: Record<string, string>): Promise<Response> {
    const request = new Request(`http://localhost:3000/api/auth/${path}`, {
      method: "POST",
      headers: this.headers,
      body: new URLSearchParams(fields),
    });
    return this.keep(await answerAuth(request, path.split("/")));
  }

  async csrfToken(): Promise<string> {
    const { csrfToken }: { csrfToken: string } = await (await this.get("csrf")).json();
    return csrfToken;
  }

  async signIn(email: string, secret = password): Promise<Response> {
    return this.post("callback/credentials", {
      email,
      password: secret,
      csrfToken: await this.csrfToken(),
      json: "true",
    });
  }

  private keep(response: Response): Response {
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split(/=(.*)/s);
      if (value) this.jar.set(name, value);
      else this.jar.delete(name);
    }
    return response;
  }
}

describe("the sign-in door", () => {
  let user: Account;
  beforeAll(async () => {
    user = await givenPasswordUser(db, password, { name: "Анна" });
  });

  it("signs in with the right password, whatever the case of the address", async () => {
    const browser = new Browser();
    const response = await browser.signIn(user.email.toUpperCase());
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.getSetCookie().join()).toMatch(/next-auth\.session-token=.*HttpOnly.*SameSite=Lax/i);
    expect(await findPerson(browser.headers)).toMatchObject({ userId: user.id });
    expect(await (await browser.get("session")).json()).toMatchObject({
      user: { id: user.id, email: user.email, name: "Анна", role: "user" },
    });
  });

  it("answers a wrong address, a wrong password and a blocked account with the same 401", async () => {
    const blocked = await givenPasswordUser(db, password);
    await db.update(users).set({ status: "blocked" }).where(eq(users.id, blocked.id));
    const withoutPassword = await givenPasswordUser(db, password, { passwordHash: null });
    const answers = await Promise.all([
      new Browser().signIn(`nobody-${newId()}@example.com`),
      new Browser().signIn(user.email, "wrong pass 1"),
      new Browser().signIn(blocked.email),
      new Browser().signIn(withoutPassword.email),
      new Browser().signIn("not an address"),
    ]);
    const seen = await Promise.all(
      answers.map(async (answer) => {
        const { url, error } = await answer.json();
        return [answer.status, url, error.json.message, error.json.data.appCode].join("|");
      }),
    );
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatch(/^401\|http:\/\/localhost:\d+\/login\?error=wrong-credentials\|.*\|UNAUTHORIZED$/);
    for (const answer of answers) expect(answer.headers.getSetCookie().join()).not.toContain("session-token=e");
  });

  it("tells an unconfirmed person with the right password so, and with a wrong one nothing", async () => {
    const unconfirmed = await givenPasswordUser(db, password, { confirmedAt: null });
    const right = await new Browser().signIn(unconfirmed.email);
    expect(right.status).toBe(403);
    expect((await right.json()).error.json.data.appCode).toBe("EMAIL_NOT_CONFIRMED");
    expect((await new Browser().signIn(unconfirmed.email, "wrong pass 1")).status).toBe(401);
  });

  it("closes an account after five failures, for the right password too, and says for how long", async () => {
    const target = await givenPasswordUser(db, password);
    const failures = await Promise.all(
      Array.from({ length: 12 }, () => new Browser().signIn(target.email, "wrong pass 1")),
    );
    expect(failures.map((answer) => answer.status).sort()).toEqual([...Array(5).fill(401), ...Array(7).fill(429)]);
    const locked = await new Browser().signIn(target.email);
    expect(locked.status).toBe(429);
    const seconds = Number(locked.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(29 * 60);
    expect(seconds).toBeLessThanOrEqual(30 * 60);
    expect((await new Browser().signIn(user.email)).status).toBe(200);
  });

  it("refuses a sign-in without the form's own token", async () => {
    const browser = new Browser();
    const response = await browser.post("callback/credentials", { email: user.email, password, json: "true" });
    expect(response.status).toBe(403);
    expect(await findPerson(browser.headers)).toBeNull();
  });

  it("sends a browser without scripts back to the form, with the reason", async () => {
    const browser = new Browser();
    const fields = { email: user.email, password: "wrong pass 1", csrfToken: await browser.csrfToken() };
    const response = await browser.post("callback/credentials", fields);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toMatch(/\/login\?error=wrong-credentials$/);
  });

  it("ends the session on the server at sign-out, so that a stolen cookie dies with it", async () => {
    const browser = new Browser();
    await browser.signIn(user.email);
    const stolen = browser.headers;
    expect(await findPerson(stolen)).not.toBeNull();
    await browser.post("signout", { csrfToken: await browser.csrfToken(), json: "true" });
    expect(await findPerson(stolen)).toBeNull();
    expect(await findPerson(browser.headers)).toBeNull();
  });

  it("shows no session for a cookie whose session was revoked, and clears it", async () => {
    const browser = new Browser();
    await browser.signIn(user.email);
    await db.update(users).set({ status: "blocked" }).where(eq(users.id, user.id));
    expect(await (await browser.get("session")).json()).toEqual({});
    await db.update(users).set({ status: "active" }).where(eq(users.id, user.id));
  });
});

it("stops reading a body that never ends", async () => {
  let sentBytes = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sentBytes += 16 * 1024;
      controller.enqueue(new Uint8Array(16 * 1024).fill(97));
    },
  });
  const init = { method: "POST", headers: new Browser().headers, body: endless, duplex: "half" };
  const request = new Request("http://localhost:3000/api/auth/callback/credentials", init);
  expect((await answerAuth(request, ["callback", "credentials"])).status).toBe(413);
  expect(sentBytes).toBeLessThan(8 * 1024 * 1024);
});
