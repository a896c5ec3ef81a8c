import { newId } from "@/lib/ids";
import type { ChatMetadata, SourceDetail, TurnOutcome, TurnPart } from "@/modules/chat/contract";
import { maySeeMoney } from "@/modules/balance/policy";
import type { Citation } from "@/modules/dialogs/contract";
import type { Actor, WorkspaceCtx } from "@/server/context";
import { joinOrStart, type LiveTurn } from "./live";
import { startTurn } from "./turn";
import type { TurnRef } from "./turn-options";

/** Starts or joins the answer to a stored message and tells it in the AI SDK's UI message protocol. */
export function streamTurn(ctx: WorkspaceCtx, ref: TurnRef, { isRepeat }: { isRepeat: boolean }): LiveTurn {
  return joinOrStart({ ...ref, isRepeat }, async (live) => {
    const voice = new Voice(live, ref, maySeePrice(ctx.actor));
    try {
      const outcome = await startTurn(ctx, ref, {
        signal: live.signal,
        answerId: voice.answerId,
        onBegin: () => live.begin(null),
        onPart: (part) => voice.part(part),
      });
      live.begin(outcome);
      voice.outcome(outcome);
    } catch (error) {
      ctx.log.error({ event: "stream-defect", requestId: ctx.requestId, dialogId: ref.dialogId, error });
      live.say({ type: "error", errorText: "Something went wrong on our side." });
    }
  });
}

// Money is nobody's business but the payer's: visitors of the site see the same stream.
function maySeePrice(actor: Actor): boolean {
  return actor.kind === "member" && maySeeMoney(actor.memberRole);
}

// Turns what a turn tells into chunks. The opening chunk waits for the first of them, because a repeat names another answer.
class Voice {
  readonly answerId = newId();
  private hasStarted = false;
  private cited = new Set<number>();

  constructor(
    private readonly live: LiveTurn,
    private readonly ref: TurnRef,
    private readonly tellsPrice: boolean,
  ) {}

  part(part: TurnPart): void {
    this.start(this.answerId);
    if (part.type === "text") this.live.sayText(part.text);
    else if (part.type === "citation") this.source(part.citation);
    else {
      const { model, provider, isDemoModel } = part;
      this.live.say({ type: "message-metadata", messageMetadata: { ...this.ids(), model, provider, isDemoModel } });
    }
  }

  outcome(outcome: TurnOutcome): void {
    if (!outcome.ok) {
      this.start(this.answerId);
      this.live.say({ type: "message-metadata", messageMetadata: { ...this.ids(), reason: outcome.reason } });
      if (outcome.notice === null) this.live.say({ type: "abort", reason: outcome.reason });
      else this.live.say({ type: "error", errorText: outcome.notice });
      return;
    }
    const { messageId, text, citations, model, provider, isDemoModel, timings, chargeMicros } = outcome.answer;
    this.start(messageId);
    if (!this.live.hasText && text !== "") this.live.sayText(text);
    for (const citation of citations) this.source(citation);
    if (this.live.hasText) this.live.say({ type: "text-end", id: "text" });
    const messageMetadata: ChatMetadata = {
      ...this.ids(),
      model,
      provider,
      isDemoModel,
      ...(this.tellsPrice ? { chargeMicros } : {}),
      ...(timings ? { timings } : {}),
    };
    this.live.say({ type: "finish-step" });
    this.live.say({ type: "finish", finishReason: "stop", messageMetadata });
  }

  private ids() {
    return { dialogId: this.ref.dialogId, visitorMessageId: this.ref.messageId };
  }

  private start(messageId: string): void {
    if (this.hasStarted) return;
    this.hasStarted = true;
    this.live.say({ type: "start", messageId, messageMetadata: this.ids() });
    this.live.say({ type: "start-step" });
  }

  private source({ n, chunkId, documentId, qaId, title, quote }: Citation): void {
    if (this.cited.has(n)) return;
    this.cited.add(n);
    const detail: SourceDetail = { n, chunkId, documentId, qaId, quote };
    this.live.say({
      type: "source-document",
      sourceId: chunkId,
      mediaType: "text/plain",
      title,
      providerMetadata: { chatai: detail },
    });
  }
}
