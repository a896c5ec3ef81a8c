import { expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { removeWorkspace } from "@/modules/workspaces/server/removal";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { assistantRemoved } from "../events";
import { givenAssistant } from "../testing";
import { removeAssistantsOfWorkspaceJob, removeAssistantTracesJob } from "./jobs";
import { listAssistants } from "./service";

const db = testDb();
const removed = { ...assistantRemoved, timeoutMs: 1, run: async () => {} };

it("the assistants of a deleted workspace go with everything they had, once however often the job runs", async () => {
  const { ctx, workspace } = await givenWorkspace(db, { name: "Acme" });
  const [one, two] = [await givenAssistant(ctx), await givenAssistant(ctx)];
  const { ctx: neighbour } = await givenWorkspace(db);
  await givenAssistant(neighbour);
  await removeWorkspace(ctx, { name: "Acme" });
  const run = () =>
    removeAssistantsOfWorkspaceJob.run(jobCtx(db, removeAssistantsOfWorkspaceJob), { workspaceId: workspace.id });
  await run();
  await run();
  expect((await listAssistants(ctx, { limit: 10 })).items).toEqual([]);
  expect((await listAssistants(neighbour, { limit: 10 })).items).toHaveLength(1);
  for (const job of [removeAssistantTracesJob, removed]) {
    const payloads = await pendingPayloads(db, job, { workspaceId: workspace.id });
    expect(payloads.map(({ assistantId }) => assistantId).sort()).toEqual([one.id, two.id].sort());
  }
});
