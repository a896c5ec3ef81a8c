import { MODEL_LEVELS, type ModelLevel } from "../contract";

const NOT_FOR_CHAT =
  /embed|whisper|tts|audio|realtime|transcri|moderation|image|dall-e|sora|video|rerank|guard|vision-preview|search|codex|computer-use|robotics|live|instruct|babbage|davinci|bge-|e5-/i;
const FAST = /nano|mini|haiku|flash|lite|small|tiny|fast|turbo|luna|(?:^|[^0-9.])[1-9]b(?![a-z0-9])/i;
const BEST = /opus|(?:^|[-_.])(?:pro|max|large|ultra|best|sol)(?:$|[-_.\d])|405b|120b|70b|72b/i;
const DATED = /-\d{4}-\d{2}-\d{2}$|-\d{8}$|-\d{4}$/;

/** Ids of a provider's list that can hold a conversation. */
export function chatModelIds(ids: readonly string[]): string[] {
  return ids.filter((id) => !NOT_FOR_CHAT.test(id));
}

// Cheapest first among those that hear well; any other name that promises it comes after them.
const HEARING = ["gpt-4o-mini-transcribe", "gpt-4o-transcribe", "whisper-1"];

/** Ids of a provider's list that make words of speech, the first to be asked first. */
export function hearingModelIds(ids: readonly string[]): string[] {
  const able = ids.filter((id) => /whisper|transcri/i.test(id) && !/realtime|live|diarize/i.test(id));
  return [...HEARING.filter((id) => able.includes(id)), ...able.filter((id) => !HEARING.includes(id))];
}

/** The level that a model's name promises; names without a hint stand in the middle. */
export function levelOf(id: string): ModelLevel {
  if (FAST.test(id)) return "fast";
  return BEST.test(id) ? "best" : "balanced";
}

/**
 * One model for each level out of a provider's list: the newest name without a date. A level that no model promises
 * takes its neighbour, and three or fewer models keep their own ids. Empty when nothing can chat.
 */
export function pickLevels(ids: readonly string[]): { level: ModelLevel; id: string }[] {
  const usable = chatModelIds(ids).sort((a, b) => newestFirst.compare(b, a));
  const undated = usable.filter((id) => !DATED.test(id));
  const names = undated.length > 0 ? undated : usable;
  const picked = MODEL_LEVELS.flatMap((level) => {
    const id = names.find((name) => levelOf(name) === level);
    return id === undefined ? [] : [{ level, id }];
  });
  return picked;
}

const newestFirst = new Intl.Collator("en", { numeric: true });

/** The offered model nearest to a level: the same one, else the next above, else the next below. */
export function nearest<M extends { level: ModelLevel | null }>(
  models: readonly M[],
  level: ModelLevel | null,
): M | undefined {
  const wanted = MODEL_LEVELS.indexOf(level ?? "balanced");
  const distance = ({ level: own }: M) => {
    const gap = MODEL_LEVELS.indexOf(own ?? "balanced") - wanted;
    return gap >= 0 ? gap : -gap + 0.5;
  };
  return [...models].sort((a, b) => distance(a) - distance(b))[0];
}
