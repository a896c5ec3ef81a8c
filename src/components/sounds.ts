type Note = { hz: number; atMs: number; ms: number };
type Sound = { notes: readonly Note[]; gain: number };

/** Made by the browser itself: nothing to download, and each kind is known by its shape in any volume. */
export const SOUNDS = {
  queue: {
    notes: [
      { hz: 660, atMs: 0, ms: 180 },
      { hz: 880, atMs: 170, ms: 260 },
    ],
    gain: 1,
  },
  mine: { notes: [{ hz: 740, atMs: 0, ms: 320 }], gain: 0.6 },
  sla: {
    notes: [
      { hz: 330, atMs: 0, ms: 260 },
      { hz: 262, atMs: 280, ms: 420 },
    ],
    gain: 1.2,
  },
} as const satisfies Record<string, Sound>;
export type SoundName = keyof typeof SOUNDS;

const VOLUME = { quiet: 0.06, loud: 0.3 } as const;
const ATTACK_SECONDS = 0.015;
const SILENCE = 0.0001;

let context: AudioContext | undefined;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function audio(): AudioContext {
  if (!context) {
    context = new AudioContext();
    context.addEventListener("statechange", tell);
  }
  return context;
}

/** Whether the browser lets this page be heard. It does not before the person has touched the page. */
export function isAudible(): boolean {
  return context?.state === "running";
}

/** Asks the browser to let the page be heard; works inside a press of a key or a button. */
export async function enableSound(): Promise<boolean> {
  const { resolve, promise } = Promise.withResolvers<boolean>();
  // Without a touch the browser keeps the question open for ever.
  setTimeout(() => resolve(false), 500);
  audio()
    .resume()
    .then(
      () => resolve(isAudible()),
      () => resolve(false),
    );
  return promise;
}

/** Calls `listener` when the page becomes audible or silent; the first touch makes it audible without a question. */
export function watchAudible(listener: () => void): () => void {
  listeners.add(listener);
  const touch = () => void enableSound();
  window.addEventListener("pointerdown", touch);
  window.addEventListener("keydown", touch);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("pointerdown", touch);
    window.removeEventListener("keydown", touch);
  };
}

export function playSound(name: SoundName, volume: keyof typeof VOLUME): void {
  if (!isAudible()) return;
  const { notes, gain } = SOUNDS[name];
  for (const note of notes) playNote(note, gain * VOLUME[volume]);
}

function playNote({ hz, atMs, ms }: Note, peak: number): void {
  const to = audio();
  const startAt = to.currentTime + atMs / 1000;
  const endAt = startAt + ms / 1000;
  const oscillator = to.createOscillator();
  const envelope = to.createGain();
  oscillator.type = "sine";
  oscillator.frequency.value = hz;
  // A tone that begins or ends at once clicks.
  envelope.gain.setValueAtTime(SILENCE, startAt);
  envelope.gain.exponentialRampToValueAtTime(peak, startAt + ATTACK_SECONDS);
  envelope.gain.exponentialRampToValueAtTime(SILENCE, endAt);
  oscillator.connect(envelope).connect(to.destination);
  oscillator.start(startAt);
  oscillator.stop(endAt);
}
