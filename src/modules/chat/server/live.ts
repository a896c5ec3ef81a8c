import type { UIMessageChunk } from "ai";
import type { ChatMetadata, TurnOutcome } from "@/modules/chat/contract";
import { TurnAbort, type AbortKind } from "./abort";

/** A reload takes seconds; a tab that does not come back must not keep a paid call running. */
const UNHEARD_MS = 15_000;
const HEARTBEAT_MS = 15_000;
/** The page draws every 40 ms; a write for each token would only cost the others their turn. */
const GROUP_MS = 30;

export type ChatChunk = UIMessageChunk<ChatMetadata>;

type Listener = { onBytes: (bytes: Uint8Array) => void; onEnd: () => void };

const encoder = new TextEncoder();
const heartbeat = encoder.encode(": still here\n\n");
const done = encoder.encode("data: [DONE]\n\n");

/** One running answer of this process: what it said so far, who listens, and the way to end it. */
export class LiveTurn {
  private readonly said: Uint8Array[] = [];
  private readonly listeners = new Set<Listener>();
  private readonly controller = new AbortController();
  private unheard: NodeJS.Timeout | undefined;
  private hasEnded = false;
  private pendingText = "";
  private flushing: NodeJS.Timeout | undefined;
  private hasSpoken = false;
  private readonly began = Promise.withResolvers<TurnOutcome | null>();

  constructor(
    readonly dialogId: string,
    readonly messageId: string,
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Tells that the model will be asked, or with what outcome the turn ended before. Only the first word counts. */
  begin(outcome: TurnOutcome | null): void {
    this.began.resolve(outcome);
  }

  /** Resolves when the turn has begun: to null, or to the outcome of one that ended before the model was asked. */
  untilBegun(): Promise<TurnOutcome | null> {
    return this.began.promise;
  }

  abort(kind: AbortKind): void {
    this.controller.abort(new TurnAbort(kind));
  }

  /** Text goes out in groups: the first piece at once, later ones together with what arrives in the next moment. */
  sayText(text: string): void {
    if (!this.hasSpoken) {
      this.hasSpoken = true;
      this.say({ type: "text-start", id: "text" });
      this.say({ type: "text-delta", id: "text", delta: text });
      return;
    }
    if (this.pendingText === "") this.flushing = setTimeout(() => this.flushText(), GROUP_MS);
    this.pendingText += text;
  }

  say(chunk: ChatChunk): void {
    this.flushText();
    this.write(encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`));
  }

  end(): void {
    this.flushText();
    this.write(done);
    this.hasEnded = true;
    this.began.resolve(null);
    clearTimeout(this.unheard);
    for (const { onEnd } of this.listeners) onEnd();
    this.listeners.clear();
  }

  get hasText(): boolean {
    return this.hasSpoken;
  }

  /** Everything from the first word on, then what follows live. The turn ends when nobody has listened for a while. */
  listen(): ReadableStream<Uint8Array> {
    let listener: Listener | undefined;
    let timer: NodeJS.Timeout | undefined;
    return new ReadableStream<Uint8Array>({
      start: (stream) => {
        for (const bytes of this.said) stream.enqueue(bytes);
        if (this.hasEnded) return stream.close();
        timer = setInterval(() => stream.enqueue(heartbeat), HEARTBEAT_MS);
        listener = {
          onBytes: (bytes) => stream.enqueue(bytes),
          onEnd: () => {
            clearInterval(timer);
            stream.close();
          },
        };
        this.join(listener);
      },
      cancel: () => {
        clearInterval(timer);
        if (listener) this.leave(listener);
      },
    });
  }

  private join(listener: Listener): void {
    clearTimeout(this.unheard);
    this.listeners.add(listener);
  }

  private leave(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size === 0 && !this.hasEnded) this.unheard = setTimeout(() => this.abort("unheard"), UNHEARD_MS);
  }

  private flushText(): void {
    if (this.pendingText === "") return;
    clearTimeout(this.flushing);
    const delta = this.pendingText;
    this.pendingText = "";
    this.write(
      encoder.encode(`data: ${JSON.stringify({ type: "text-delta", id: "text", delta } satisfies ChatChunk)}\n\n`),
    );
  }

  private write(bytes: Uint8Array): void {
    this.said.push(bytes);
    for (const { onBytes } of this.listeners) onBytes(bytes);
  }
}

// Next loads this module once per bundle; a stop or a reload must find the turn that another route started.
const shared = globalThis as typeof globalThis & { chataiLiveTurns?: Map<string, LiveTurn> };
const turns = (shared.chataiLiveTurns ??= new Map<string, LiveTurn>());

/** The running answer of a dialog in this process. */
export function findLive(dialogId: string): LiveTurn | undefined {
  return turns.get(dialogId);
}

/**
 * The running answer to a message: the one that is there, or a new one that `run` makes. A new message ends the answer to
 * an earlier one; a repeat of an old message leaves the running answer alone. `run` must not throw.
 */
export function joinOrStart(
  ref: { dialogId: string; messageId: string; isRepeat: boolean },
  run: (turn: LiveTurn) => Promise<void>,
): LiveTurn {
  const running = turns.get(ref.dialogId);
  if (running?.messageId === ref.messageId) return running;
  const turn = new LiveTurn(ref.dialogId, ref.messageId);
  if (!running || !ref.isRepeat) {
    running?.abort("superseded");
    turns.set(ref.dialogId, turn);
  }
  void run(turn).finally(() => {
    turn.end();
    if (turns.get(ref.dialogId) === turn) turns.delete(ref.dialogId);
  });
  return turn;
}
