import { randomBytes } from "node:crypto";
import { mkdir, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { env } from "@/server/env";
import { jobCtx } from "@/server/jobs/testing";
import { storedPath } from "@/server/storage";
import { makeCtx } from "@/server/testing";
import { givenAssistant, upload } from "../../testing";
import { findDocumentText } from "../document-repository";
import { sweepUploadsJob } from "../jobs";
import { findAbandoned, removeAbandoned } from "./sweep";

const db = testDb();
const ctx = makeCtx(db, { kind: "system", job: "cli.uploads:cleanup" });
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

async function givenFile(place: "staging" | "kept", days: number): Promise<string> {
  const key = newId();
  const file = place === "kept" ? storedPath(key) : path.join(env().DATA_DIR, "uploads", "staging", key);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, randomBytes(10));
  await utimes(file, daysAgo(days), daysAgo(days));
  return file;
}

async function givenKeptDocument(days: number): Promise<string> {
  const { ctx } = await givenWorkspace(db);
  const assistantId = await givenAssistant(ctx);
  const id = await upload(ctx, { assistantId, name: "prices.txt", bytes: Buffer.from(`Tea costs ${newId()}.`) });
  const key = (await findDocumentText(db, ctx.workspaceId, id))?.storageKey ?? "";
  await utimes(storedPath(key), daysAgo(days), daysAgo(days));
  return storedPath(key);
}

beforeEach(async () => removeAbandoned(ctx, await findAbandoned(ctx, new Date(Date.now() + DAY_MS))));

it("finds what has no row and is old enough, and tells how much it is", async () => {
  await Promise.all([givenFile("staging", 31), givenFile("kept", 31), givenFile("staging", 29), givenFile("kept", 29)]);
  await givenKeptDocument(400);
  const sweep = await findAbandoned(ctx, daysAgo(30));
  expect(sweep.files.map(({ place }) => place).sort()).toEqual(["kept", "staging"]);
  expect(sweep.sizeBytes).toBe(20);
});

it("removes exactly that, and twice is once", async () => {
  const [old, young, document] = [
    await givenFile("kept", 31),
    await givenFile("kept", 29),
    await givenKeptDocument(400),
  ];
  const sweep = await findAbandoned(ctx, daysAgo(30));
  await Promise.all([removeAbandoned(ctx, sweep), removeAbandoned(ctx, sweep)]);
  expect(await Promise.all([old, young, document].map(isThere))).toEqual([false, true, true]);
});

it("leaves alone what it did not put there", async () => {
  const foreign = path.join(env().DATA_DIR, "uploads", "ab", "README.md");
  await mkdir(path.dirname(foreign), { recursive: true });
  await writeFile(foreign, "mine");
  await utimes(foreign, daysAgo(400), daysAgo(400));
  expect((await findAbandoned(ctx, daysAgo(1))).files).toEqual([]);
});

it("by the clock takes what a crash left behind a day ago", async () => {
  const [old, fresh, kept] = [await givenFile("staging", 2), await givenFile("staging", 0), await givenFile("kept", 2)];
  await sweepUploadsJob.run(jobCtx(db, sweepUploadsJob), {});
  expect(await Promise.all([old, fresh, kept].map(isThere))).toEqual([false, true, false]);
});

it("by the clock leaves the files of what looks like another database's", async () => {
  const kept = await Promise.all(Array.from({ length: 20 }, () => givenFile("kept", 40)));
  const staged = await givenFile("staging", 40);
  await sweepUploadsJob.run(jobCtx(db, sweepUploadsJob), {});
  expect((await Promise.all(kept.map(isThere))).every(Boolean)).toBe(true);
  expect(await isThere(staged)).toBe(false);
});
