"use client";

import { useLocale } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { newId } from "@/lib/ids";
import type { DemoMessage } from "../contract";
import { readAnswer } from "./answer-stream";

export type DemoEntry = DemoMessage & { isRunning?: boolean; isStopped?: boolean; isPlain?: boolean };
export type DemoFailure = { kind: "offline" | "failed" } | { kind: "limited"; seconds: number };

type Question = { id: string; text: string };

/** One dialog with the demo assistant. A question that failed keeps its id, so asking it again cannot double it. */
export function useDemoChat(history: DemoMessage[]) {
  const [entries, setEntries] = useState<DemoEntry[]>(history);
  const [failure, setFailure] = useState<DemoFailure | null>(null);
  const [failed, setFailed] = useState<Question | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const running = useRef<AbortController | null>(null);
  const locale = useLocale();

  async function send(question: Question): Promise<void> {
    if (running.current) return;
    const abort = (running.current = new AbortController());
    setIsRunning(true);
    setFailure(null);
    setFailed(null);
    setEntries((list) => [...without(list, question.id), ...begun(question)]);
    const problem = await receive({ ...question, locale }, abort.signal, (change) =>
      setEntries((list) => list.map((entry) => (entry.id === answerIdOf(question.id) ? change(entry) : entry))),
    );
    running.current = null;
    setIsRunning(false);
    if (!problem) return;
    setFailure(problem);
    setFailed(question);
    setEntries((list) => list.filter((entry) => entry.id !== answerIdOf(question.id)));
  }

  function stop(): void {
    running.current?.abort();
    void post("/api/demo/chat/stop", { locale }).catch(() => undefined);
  }

  // A page that was left during an answer finds its question unanswered; the same id joins or repeats that answer.
  const resume = useEffectEvent(() => {
    const last = history.at(-1);
    if (last?.author === "visitor") void send({ id: last.id, text: last.text });
  });
  useEffect(() => {
    resume();
    return () => running.current?.abort();
  }, []);

  return {
    entries,
    failure,
    isRunning,
    ask: (text: string) => void send({ id: newId(), text }),
    retry: () => failed && void send(failed),
    stop,
  };
}

const answerIdOf = (id: string) => `${id}-answer`;
const without = (list: DemoEntry[], id: string) =>
  list.filter((entry) => entry.id !== id && entry.id !== answerIdOf(id));

function begun({ id, text }: Question): DemoEntry[] {
  return [
    { id, author: "visitor", text, citations: [] },
    { id: answerIdOf(id), author: "assistant", text: "", citations: [], isRunning: true },
  ];
}

type Apply = (change: (entry: DemoEntry) => DemoEntry) => void;

const post = (path: string, body: object, signal?: AbortSignal) =>
  fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });

async function receive(
  question: Question & { locale: string },
  signal: AbortSignal,
  apply: Apply,
): Promise<DemoFailure | null> {
  try {
    const response = await post("/api/demo/chat", question, signal);
    if (!response.ok || !response.body) return refusalOf(response);
    for await (const part of readAnswer(response.body)) {
      if (part.type === "failed") return { kind: "failed" };
      if (part.type === "stopped") apply((entry) => ({ ...entry, isStopped: true }));
      if (part.type === "text") apply((entry) => ({ ...entry, text: entry.text + part.text }));
      if (part.type === "citation") apply((entry) => ({ ...entry, citations: [...entry.citations, part.citation] }));
    }
    apply((entry) => ({ ...entry, isRunning: false }));
    return null;
  } catch {
    // Stop and a lost connection both end here; only the signal tells them apart.
    if (!signal.aborted) return { kind: "offline" };
    apply((entry) => ({ ...entry, isRunning: false, isStopped: true }));
    return null;
  }
}

function refusalOf(response: Response): DemoFailure {
  if (response.status !== 429) return { kind: "failed" };
  return { kind: "limited", seconds: Number(response.headers.get("retry-after")) || 60 };
}
