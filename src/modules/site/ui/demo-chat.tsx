"use client";

import { ArrowUp, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { preloadMarkdown } from "@/components/markdown";
import { Button } from "@/components/ui/button";
import { RailSegment } from "@/components/ui/handover-rail";
import { Textarea } from "@/components/ui/textarea";
import type { DemoShow } from "../contract";
import { DemoMessageRow } from "./demo-message";
import { useDemoChat, type DemoFailure } from "./use-demo-chat";

const NEAR_END_PX = 80;

/** The live assistant of the landing page: its own dialog for each visitor, kept over reloads. */
export function DemoChat({ show }: { show: DemoShow }) {
  const t = useTranslations("site.demo");
  const { entries, failure, isRunning, ask, retry, stop } = useDemoChat(show.history);
  const log = useRef<HTMLDivElement>(null);
  const last = entries.at(-1);

  useEffect(() => {
    const element = log.current;
    if (!element || !last) return;
    const distance = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (last.author === "visitor" || last.text === "" || distance < NEAR_END_PX)
      element.scrollTop = element.scrollHeight;
  }, [last]);

  function pick(starter: string): void {
    ask(starter);
    // The pressed button goes away; the keyboard stays where the answer will appear.
    log.current?.focus({ preventScroll: true });
  }

  return (
    // Whoever reaches for the chat will ask: the renderer comes meanwhile, outside of the page's first load.
    <div
      onFocus={preloadMarkdown}
      onPointerEnter={preloadMarkdown}
      className="flex h-136 flex-col overflow-hidden rounded-xl border bg-raised"
    >
      <header className="border-b px-4 py-3">
        <h2 className="text-base">{t("title")}</h2>
        <p className="text-sm text-muted">{t("subtitle", { shop: show.name })}</p>
      </header>
      <div
        ref={log}
        role="log"
        aria-label={t("log")}
        aria-busy={isRunning}
        tabIndex={0}
        className="focus-inset flex-1 overflow-y-auto overscroll-contain p-4"
      >
        <div className="relative min-h-full space-y-3 pl-4">
          <RailSegment holder="ai" />
          <DemoMessageRow
            name={show.name}
            entry={{ id: "greeting", author: "assistant", text: show.greeting, citations: [], isPlain: true }}
          />
          {entries.map((entry) => (
            <DemoMessageRow key={entry.id} name={show.name} entry={entry} />
          ))}
          {entries.length === 0 && <Starters starters={show.starters} onPick={pick} />}
          {failure && <Failure failure={failure} onRetry={retry} />}
        </div>
      </div>
      <Composer maxChars={show.maxChars} isRunning={isRunning} onAsk={ask} onStop={stop} />
    </div>
  );
}

function Starters({ starters, onPick }: { starters: string[]; onPick: (text: string) => void }) {
  const t = useTranslations("site.demo");
  return (
    <ul aria-label={t("starters")} className="flex flex-col items-start gap-2">
      {starters.map((starter) => (
        <li key={starter} className="max-w-full">
          <Button
            className="h-auto min-h-8 max-w-full py-1 text-left whitespace-normal"
            onClick={() => onPick(starter)}
          >
            {starter}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Failure({ failure, onRetry }: { failure: DemoFailure; onRetry: () => void }) {
  const t = useTranslations("site.demo.error");
  const common = useTranslations("common.action");
  const text = failure.kind === "limited" ? t("limited", { seconds: failure.seconds }) : t(failure.kind);
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-danger-tint px-3 py-2 text-danger-text"
    >
      <p className="min-w-0 flex-1 basis-40">{text}</p>
      <Button size="sm" onClick={onRetry}>
        {common("retry")}
      </Button>
    </div>
  );
}

type ComposerProps = { maxChars: number; isRunning: boolean; onAsk: (text: string) => void; onStop: () => void };

function Composer({ maxChars, isRunning, onAsk, onStop }: ComposerProps) {
  const t = useTranslations("site.demo");
  const [draft, setDraft] = useState("");
  const text = draft.trim();
  const isTooLong = text.length > maxChars;

  function submit(event?: FormEvent): void {
    event?.preventDefault();
    if (text === "" || isTooLong || isRunning) return;
    onAsk(text);
    setDraft("");
  }

  return (
    <form onSubmit={submit} className="border-t p-3">
      <div className="flex items-end gap-2">
        <Textarea
          rows={1}
          value={draft}
          aria-label={t("label")}
          placeholder={t("placeholder")}
          aria-invalid={isTooLong || undefined}
          enterKeyHint="send"
          autoComplete="off"
          className="max-h-24 min-h-10 resize-none coarse:min-h-11 py-2"
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
          }}
        />
        {isRunning ? (
          <Button size="lg" shape="icon" aria-label={t("stop")} icon={<Square aria-hidden />} onClick={onStop} />
        ) : (
          <Button
            type="submit"
            size="lg"
            shape="icon"
            aria-label={t("send")}
            aria-disabled={text === "" || isTooLong}
            icon={<ArrowUp aria-hidden />}
          />
        )}
      </div>
      <p className="mt-2 text-xs text-muted">{isTooLong ? t("tooLong", { max: maxChars }) : t("privacy")}</p>
    </form>
  );
}
