import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aiKeys } from "@/db/schema/ai";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { createKeyInput, updateKeyInput } from "@/modules/ai/pool/contract";
import { givenFreshPool, givenKey, givenStaff } from "@/modules/ai/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { lettersTo } from "@/modules/email/testing";
import { givenUser } from "@/modules/users/testing";
import { decryptSecret } from "@/server/crypto";
import { jobCtx } from "@/server/jobs/testing";
import { startModelServer } from "../../../../../e2e/fakes/model-server";
import { tellStaffJob } from "../jobs";
import { listModels } from "../models";
import { poolMembers, sealPurpose } from "../pool/members";
import { createKey, listKeys, removeKey, resetCooling, setKeyActive, updateKeyFields } from "./service";
import { testKey } from "./trial";

const model = await startModelServer();
Object.assign(process.env, {
  OPENAI_BASE_URL: model.url,
  OPENAI_API_KEY: "sk-of-the-environment",
  AI_MODEL: "house-model",
});
const db = testDb();
beforeEach(async () => {
  await givenFreshPool(db);
  model.set({ keys: undefined });
});
afterAll(async () => {
  await givenFreshPool(db);
  await model.close();
});

const SECRET = "sk-very-secret-8K3d";
const input = (more: object = {}) =>
  createKeyInput.parse({ name: "Main", provider: "openai", secret: SECRET, models: ["gpt-4o"], ...more });
const panelKeys = async () => (await listKeys(await givenStaff(db))).items.filter((key) => !key.isEnvironment);
const rowOf = async (id: string) => (await db.select().from(aiKeys).where(eq(aiKeys.id, id)))[0];

describe("the keys of the pool", () => {
  it("keep their secret sealed, and never give it back", async () => {
    const ctx = await givenStaff(db);
    const created = await createKey(ctx, input());
    expect(created).toMatchObject({ secretLast4: "8K3d", state: "ready", dailyTokenQuota: 10_000, priority: 1 });
    expect(JSON.stringify([created, await listKeys(ctx)])).not.toContain(SECRET);
    const row = await rowOf(created.id);
    expect(JSON.stringify(row)).not.toContain(SECRET);
    expect(decryptSecret(row?.secretSealed ?? "", sealPurpose(created.id))).toBe(SECRET);
  });

  it("serve at once, with exactly the models they list", async () => {
    expect((await listModels()).map(({ id }) => id)).toEqual(["house-model"]);
    await createKey(await givenStaff(db), input({ models: ["gpt-4o", "gpt-4o-mini", "text-embedding-3-small"] }));
    expect((await listModels()).map(({ id, level }) => ({ id, level }))).toEqual([
      { id: "house-model", level: null },
      { id: "gpt-4o", level: "balanced" },
      { id: "gpt-4o-mini", level: "fast" },
    ]);
  });

  it("include the environment's, whose secret is nowhere in the database", async () => {
    const ctx = await givenStaff(db);
    const [own] = (await listKeys(ctx)).items;
    expect(own).toMatchObject({ isEnvironment: true, name: "OPENAI_API_KEY", secretLast4: "ment", state: "ready" });
    expect(JSON.stringify(await db.select().from(aiKeys))).not.toContain("sk-of-the-environment");
    const id = own?.id ?? "";
    await expect(removeKey(ctx, id)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(updateKeyFields(ctx, { id, secret: "sk-other" })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await updateKeyFields(ctx, { id, priority: 3, dailyTokenQuota: 5 })).toMatchObject({
      priority: 3,
      dailyTokenQuota: 5,
    });
    await updateKeyFields(ctx, { id, priority: 1, dailyTokenQuota: null });
  });

  it("have one row for the environment's key, however many processes start at once", async () => {
    await Promise.all(Array.from({ length: 5 }, () => poolMembers()));
    const rows = await db.select().from(aiKeys).where(eq(aiKeys.source, "environment"));
    expect(new Set(rows.map(({ fingerprint }) => fingerprint)).size).toBe(rows.length);
  });

  it.each(["", "••••8K3d", "****", "8K3d"])("keep the secret when %j comes back with a change", async (secret) => {
    const ctx = await givenStaff(db);
    const { id } = await createKey(ctx, input());
    expect(await updateKeyFields(ctx, updateKeyInput.parse({ id, name: "Renamed", secret }))).toMatchObject({
      name: "Renamed",
      secretLast4: "8K3d",
    });
    expect(decryptSecret((await rowOf(id))?.secretSealed ?? "", sealPurpose(id))).toBe(SECRET);
  });

  it("stop resting when they get a new secret, or when staff say so", async () => {
    const ctx = await givenStaff(db);
    const { id } = await createKey(ctx, input());
    const cool = () =>
      db
        .update(aiKeys)
        .set({ coolingUntil: new Date(Date.now() + 60_000), coolingReason: "401" })
        .where(eq(aiKeys.id, id));
    await cool();
    expect(await panelKeys()).toMatchObject([{ state: "cooling", reason: "401", until: expect.any(Date) }]);
    expect(await updateKeyFields(ctx, { id, name: "Still resting" })).toMatchObject({ state: "cooling" });
    await expect(updateKeyFields(ctx, { id, baseUrl: "https://elsewhere.example/v1" })).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { secret: [expect.any(String)] },
    });
    expect(await updateKeyFields(ctx, { id, secret: "sk-brand-new-9999" })).toMatchObject({
      state: "ready",
      secretLast4: "9999",
    });
    await cool();
    expect(await resetCooling(ctx, id)).toMatchObject({ state: "ready", reason: null });
  });

  it("leave service and come back", async () => {
    const ctx = await givenStaff(db);
    const { id } = await createKey(ctx, input());
    expect(await setKeyActive(ctx, { id, isActive: false })).toMatchObject({ state: "inactive" });
    expect((await listModels()).map((one) => one.id)).not.toContain("gpt-4o");
    expect(await setKeyActive(ctx, { id, isActive: true })).toMatchObject({ state: "ready" });
  });

  it("do not serve when they cannot be read any more", async () => {
    const { id } = await givenKey(db);
    await db
      .update(aiKeys)
      .set({ secretSealed: (await rowOf((await givenKey(db)).id))?.secretSealed })
      .where(eq(aiKeys.id, id));
    expect((await panelKeys()).find((key) => key.id === id)).toMatchObject({ state: "unreadable" });
  });

  it.each(["http://127.0.0.1:5432", "http://169.254.169.254/v1", "http://localhost:11434/v1", "http://[::1]/v1"])(
    "may not be sent to %s",
    async (baseUrl) => {
      const ctx = await givenStaff(db);
      await expect(createKey(ctx, input({ baseUrl }))).rejects.toMatchObject({
        code: "VALIDATION",
        fieldErrors: { baseUrl: expect.any(Array) },
      });
      const { id } = await createKey(ctx, input());
      await expect(updateKeyFields(ctx, { id, baseUrl })).rejects.toMatchObject({ code: "VALIDATION" });
      expect(await rowOf(id)).toMatchObject({ baseUrl: null });
    },
  );

  it.each([
    { priority: 0 },
    { priority: 11 },
    { priority: 1.5 },
    { dailyTokenQuota: 0 },
    { dailyTokenQuota: 2 ** 53 },
    { models: [] },
    { models: [" "] },
    { provider: "built-in" },
    { baseUrl: "file:///etc/passwd" },
    { baseUrl: "javascript:alert(1)" },
    { prices: { "gpt-4o": { promptMicros: -1, completionMicros: 0 } } },
    { name: "" },
    { secret: "" },
  ])("are refused with %j", (fault) => {
    const fields = { name: "Main", provider: "openai", secret: SECRET, models: ["gpt-4o"], ...fault };
    expect(createKeyInput.safeParse(fields).success).toBe(false);
  });

  it("are audited, and what is unknown is not found", async () => {
    const ctx = await givenStaff(db);
    const { id } = await createKey(ctx, input());
    await updateKeyFields(ctx, { id, note: "For the night" });
    await setKeyActive(ctx, { id, isActive: false });
    await resetCooling(ctx, id);
    await removeKey(ctx, id);
    expect(await auditedOperations(db, id)).toEqual([
      "ai-keys.created",
      "ai-keys.updated",
      "ai-keys.deactivated",
      "ai-keys.cooling-reset",
      "ai-keys.removed",
    ]);
    await expect(removeKey(ctx, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(setKeyActive(ctx, { id: newId(), isActive: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("change one after the other when two of the staff save at once", async () => {
    const { id } = await givenKey(db);
    const [one, two] = [await givenStaff(db), await givenStaff(db)];
    await Promise.all([
      updateKeyFields(one, { id, name: "Changed" }),
      updateKeyFields(two, { id, note: "Also changed" }),
    ]);
    expect(await rowOf(id)).toMatchObject({ name: "Changed", note: "Also changed" });
  });
});

describe("the test of a key", () => {
  it("makes a real call, and ends a rest when it succeeds", async () => {
    const ctx = await givenStaff(db);
    model.set({ keys: { "sk-good": "fine", "sk-bad": 401 } });
    const { id } = await givenKey(db, { secret: "sk-good", baseUrl: model.url });
    await db
      .update(aiKeys)
      .set({ coolingUntil: new Date(Date.now() + 60_000), coolingReason: "429" })
      .where(eq(aiKeys.id, id));
    const asked = model.calls.length;
    expect(await testKey(ctx, { id })).toMatchObject({ ok: true, model: "fake-standard" });
    expect(model.calls.length - asked).toBe(1);
    expect((await panelKeys())[0]).toMatchObject({ state: "ready" });
  });

  it("says why a key fails in a code, never in the provider's words", async () => {
    const ctx = await givenStaff(db);
    model.set({ keys: { "sk-bad": 401 } });
    const { id } = await givenKey(db, { secret: "sk-bad", baseUrl: model.url });
    expect(await testKey(ctx, { id })).toEqual({ ok: false, model: "fake-standard", reason: "401" });
    await expect(testKey(ctx, { id, model: "another" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("tests an embedding model by an embedding", async () => {
    const ctx = await givenStaff(db);
    const { id } = await givenKey(db, { baseUrl: model.url, models: ["text-embedding-3-small"] });
    const before = model.embeddingCalls;
    expect(await testKey(ctx, { id })).toMatchObject({ ok: true });
    expect(model.embeddingCalls).toBe(before + 1);
  });
});

it("tells every member of the staff once an hour that no key can serve, and nobody else", async () => {
  const [staff, blocked, customer] = [
    await givenUser(db, { role: "admin", locale: "ru" }),
    await givenUser(db, { role: "user" }),
    await givenUser(db),
  ];
  await givenKey(db, { name: "Night key" });
  await db.update(aiKeys).set({ coolingUntil: new Date(Date.now() + 60_000), coolingReason: "402" });
  const hour = "2026-05-01T10:00:00.000Z";
  await tellStaffJob.run(jobCtx(db, tellStaffJob), { hour });
  await tellStaffJob.run(jobCtx(db, tellStaffJob), { hour });
  const letters = await lettersTo(db, staff.email);
  expect(letters.map(({ kind }) => kind)).toEqual(["ai-keys-resting"]);
  expect(JSON.stringify(letters)).toContain("Night key (402)");
  expect(await lettersTo(db, blocked.email)).toEqual([]);
  expect(await lettersTo(db, customer.email)).toEqual([]);
});
