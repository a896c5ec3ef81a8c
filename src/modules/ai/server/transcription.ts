import type { OfferedModel, UsageSubject } from "@/modules/ai/contract";
import { hearingModelIds } from "@/modules/ai/models/rules";
import { ModelError } from "./errors";
import { askPool, type Door } from "./pool/failover";
import { untilHearingIsKnown } from "./pool/environment";
import { forgetMembers, poolMembers } from "./pool/members";
import { recordUsage } from "./pool/usage";

const CALL_MS = 60_000;

export type Recording = {
  name: string;
  mimeType: string;
  subject: UsageSubject;
  signal: AbortSignal;
  /** Asked only when a key of the pool can hear; null when the bytes cannot be had. */
  read: () => Promise<Uint8Array<ArrayBuffer> | null>;
};

export type Transcription = { ok: true; text: string } | { ok: false; reason: "no-provider" | "unreadable" | "failed" };

/** Makes words of speech where a key of the pool lists a model that can. A provider's failure is a value; an abort is thrown. */
export async function transcribe({ read, subject, signal, ...file }: Recording): Promise<Transcription> {
  const models = await hearingModels();
  if (models.length === 0) return { ok: false, reason: "no-provider" };
  const bytes = await read();
  if (!bytes) return { ok: false, reason: "unreadable" };
  const recording = new File([bytes], file.name, { type: file.mimeType });
  try {
    for await (const part of askPool({ models, purpose: "transcription", subject, signal }, (door) =>
      listen(door, recording, signal),
    )) {
      if ("call" in part) continue;
      await recordUsage(part.answered, { ...subject, purpose: "transcription", outcome: "delivered" });
      return { ok: true, text: part.text };
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
  }
  return { ok: false, reason: "failed" };
}

async function hearingModels(): Promise<OfferedModel[]> {
  if (await untilHearingIsKnown()) forgetMembers();
  const members = (await poolMembers()).filter(({ isActive, provider }) => isActive && provider === "openai");
  const ids = hearingModelIds([...new Set(members.flatMap(({ models }) => models))]);
  return ids.map((id) => ({ id, provider: "openai", level: null, isDemo: false }));
}

async function* listen({ connection, model, call }: Door, file: File, signal: AbortSignal) {
  const client = connection.openAi;
  if (!client) throw new ModelError("switch", model.provider, "404");
  const { text } = await client.audio.transcriptions.create({ file, model: model.id }, { signal, timeout: CALL_MS });
  call.durationMs = Date.now() - call.startedAt.getTime();
  yield { text, answered: call };
}
