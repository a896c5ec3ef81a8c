import { createServer, type IncomingHttpHeaders } from "node:http";
import { json } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, it } from "vitest";
import { newId } from "@/lib/ids";

type Letter = { from: string; to: string; subject: string; html: string; text: string };
const service = { status: 200, received: [] as { letter: Letter; headers: IncomingHttpHeaders }[] };
const server = createServer((request, response) => {
  void json(request).then((letter) => {
    service.received.push({ letter: letter as Letter, headers: request.headers });
    const answer =
      service.status === 200 ? { id: newId() } : { statusCode: service.status, name: "refused", message: "no" };
    response.writeHead(service.status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
// The environment is read once, so the mail service must be known before the first use of it.
process.env.RESEND_API_KEY = "re_test";
process.env.RESEND_BASE_URL = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
process.env.MAIL_FROM = "ChatAI <hello@example.com>";

const { testDb } = await import("@/db/testing");
const { emails } = await import("@/db/schema/platform");
const { givenUser, personCtx } = await import("@/modules/users/testing");
const { jobCtx, pendingPayloads } = await import("@/server/jobs/testing");
const { inTransaction } = await import("@/server/transaction");
const { makeCtx } = await import("@/server/testing");
const { lettersTo } = await import("../testing");
const { sendEmail } = await import("./jobs");
const { getEmail, listEmails, queueEmail, resendEmail } = await import("./service");

const db = testDb();
const system = makeCtx(db, { kind: "system", job: "test" });
afterAll(() => server.close());
beforeEach(() => Object.assign(service, { status: 200, received: [] }));

async function given(to = `reader-${newId()}@example.com`) {
  const letter = { kind: "confirm-code", to, locale: "ru", payload: { code: "012345", name: "<b>" } } as const;
  await queueEmail(system, { ...letter, dedupeKey: `test:${to}` });
  await queueEmail(system, { ...letter, dedupeKey: `test:${to}` });
  const [row] = await lettersTo(db, to);
  if (!row) throw new Error("The letter is missing.");
  return { ...row, to };
}

const runJobs = async (emailId: string, isLastAttempt = false) => {
  for (const payload of await pendingPayloads(db, sendEmail, { emailId })) {
    await sendEmail.run(jobCtx(db, sendEmail, { isLastAttempt }), payload);
  }
};
const rowOf = async (id: string) => (await db.select().from(emails).where(eq(emails.id, id)))[0];

it("sends one letter for one dedupe key, in HTML and text, however often the job runs", async () => {
  const { id, to } = await given();
  await runJobs(id);
  await runJobs(id);
  expect(service.received).toHaveLength(1);
  const { letter, headers } = service.received[0] ?? {};
  expect(letter).toMatchObject({ from: "ChatAI <hello@example.com>", to, subject: "012345 — код для ChatAI" });
  expect(letter?.html).toContain("012345");
  expect(letter?.text).toContain("012345");
  expect(headers).toMatchObject({ authorization: "Bearer re_test", "idempotency-key": expect.any(String) });
  expect(await rowOf(id)).toMatchObject({ status: "sent", attempts: 1, error: null });
});

it("leaves no letter behind when the change that asked for it is undone", async () => {
  const to = `undone-${newId()}@example.com`;
  const letter = {
    kind: "welcome",
    to,
    locale: "en",
    payload: { name: "", url: "https://example.com" },
    dedupeKey: to,
  } as const;
  const undone = inTransaction(system, async (ctx) => {
    await queueEmail(ctx, letter);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await lettersTo(db, to)).toEqual([]);
});

it("tries again while the service is down, with the same key, and gives up visibly at the end", async () => {
  const { id } = await given();
  service.status = 503;
  await expect(runJobs(id)).rejects.toThrow();
  expect(await rowOf(id)).toMatchObject({ status: "queued", attempts: 1, error: "refused (503)" });
  await runJobs(id, true);
  expect(await rowOf(id)).toMatchObject({ status: "failed", attempts: 2 });
  expect(new Set(service.received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
});

it("does not repeat a letter that the service refuses for good, until staff send it again", async () => {
  const { id } = await given();
  service.status = 422;
  await runJobs(id);
  expect(await rowOf(id)).toMatchObject({ status: "failed", error: "refused (422)" });
  service.status = 200;
  const staff = personCtx(db, await givenUser(db, { role: "admin" }));
  expect(await resendEmail(staff, id)).toEqual({ status: "queued" });
  await expect(resendEmail(staff, id)).rejects.toMatchObject({ code: "CONFLICT" });
  await runJobs(id);
  expect(await rowOf(id)).toMatchObject({ status: "sent" });
});

it("shows staff the letter as its reader sees it, and lists without codes", async () => {
  const { id, to } = await given();
  const staff = personCtx(db, await givenUser(db, { role: "admin" }));
  const page = await listEmails(staff, { search: to.slice(0, 20), limit: 50 });
  expect(page.items.map((item) => item.id)).toContain(id);
  expect(JSON.stringify(page)).not.toContain("012345");
  const shown = await getEmail(staff, id);
  expect(shown.letter.html).toContain("012345");
  expect(shown).not.toHaveProperty("payload");
});
