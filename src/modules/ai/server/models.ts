import { type OfferedModel, QUOTING_MODEL } from "@/modules/ai/contract";
import { chatModelIds, levelOf, nearest } from "@/modules/ai/models/rules";
import { env } from "@/server/env";
import { type Member, poolMembers } from "./pool/members";

const QUOTING: OfferedModel = { id: QUOTING_MODEL, provider: "built-in", level: null, isDemo: true };

/** Exactly the models that an assistant may choose: what the pool's keys serve, or the built-in one when there are none. */
export async function listModels(): Promise<OfferedModel[]> {
  const offered = new Map<string, OfferedModel>();
  for (const member of await poolMembers()) {
    if (!member.isActive) continue;
    for (const id of chatIdsOf(member))
      if (!offered.has(id)) offered.set(id, { id, provider: member.provider, level: levelFor(id), isDemo: false });
  }
  return offered.size > 0 ? [...offered.values()] : [QUOTING];
}

/** The model that answers when an owner chose none. */
export async function defaultModel(): Promise<OfferedModel> {
  return defaultOf(await listModels());
}

/** The model that an assistant asks for; the default one when what it chose is not offered any more. */
export async function wantedModel(id: string): Promise<{ wanted: OfferedModel; offered: OfferedModel[] }> {
  const offered = await listModels();
  return { wanted: offered.find((model) => model.id === id) ?? defaultOf(offered), offered };
}

function defaultOf(offered: OfferedModel[]): OfferedModel {
  const [first] = offered;
  const own = offered.filter(({ provider }) => provider === first?.provider);
  return offered.find(({ id }) => id === env().AI_MODEL) ?? nearest(own, "balanced") ?? QUOTING;
}

// A name given in the environment is taken at its word, whatever it sounds like.
function chatIdsOf({ models }: Member): string[] {
  const { AI_MODEL, EMBEDDING_MODEL } = env();
  const chat = chatModelIds(models);
  return models.filter((id) => id !== EMBEDDING_MODEL && (id === AI_MODEL || chat.includes(id)));
}

const levelFor = (id: string) => (id === env().AI_MODEL ? null : levelOf(id));
