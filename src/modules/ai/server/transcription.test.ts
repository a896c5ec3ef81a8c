import { afterAll, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenFreshPool } from "@/modules/ai/testing";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { poolMembers } from "./pool/members";
import { transcribe } from "./transcription";

const server = await startModelServer({ models: ["fake-standard", "whisper-1"], hear: () => "How much is delivery?" });
Object.assign(process.env, { OPENAI_BASE_URL: server.url, AI_MODEL: "fake-standard" });
afterAll(() => server.close());

it("hears the first recording of a process, also when the keys were read before the list of models", async () => {
  await givenFreshPool(testDb());
  await poolMembers();
  const heard = await transcribe({
    name: "voice.ogg",
    mimeType: "audio/ogg",
    subject: { workspaceId: null },
    signal: new AbortController().signal,
    read: async () => new TextEncoder().encode("ogg"),
  });
  expect(heard).toEqual({ ok: true, text: "How much is delivery?" });
});
