import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { staleMarker } from "./stale";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function givenPage() {
  const queryClient = new QueryClient();
  const asked: unknown[] = [];
  vi.spyOn(queryClient, "invalidateQueries").mockImplementation(async (filters) => void asked.push(filters?.queryKey));
  return { mark: staleMarker(queryClient), asked };
}

it("asks once for a burst of events, however many came", async () => {
  const { mark, asked } = givenPage();
  for (let seq = 1; seq <= 500; seq += 1) mark({ seq, type: "message.new", ids: {} });
  mark({ seq: 501, type: "handoff.started", ids: {} });
  await vi.runAllTimersAsync();
  expect(asked).toEqual([[["dialogs"]], [["handoff"]]]);
  mark({ seq: 502, type: "message.new", ids: {} });
  await vi.runAllTimersAsync();
  expect(asked).toHaveLength(3);
});

it("asks for everything after a reset, and for nothing after what it does not know", () => {
  const { mark, asked } = givenPage();
  mark({ seq: 1, type: "message.new", ids: {} });
  mark({ seq: 9, type: "reset", ids: {} });
  vi.runAllTimers();
  expect(asked).toEqual([undefined]);
  mark({ seq: 10, type: "toString", ids: {} });
  vi.runAllTimers();
  expect(asked).toHaveLength(1);
});

it("shows answers also where something happens all the time, and asks once more after the last event", async () => {
  const queryClient = new QueryClient();
  const seen: number[] = [];
  let seq = 0;
  // Slower than the events, as under load.
  const observer = new QueryObserver(queryClient, {
    queryKey: [["dialogs", "messages"]],
    queryFn: () => new Promise<number>((resolve) => setTimeout(resolve, 150, seq)),
  });
  const leave = observer.subscribe(({ data }) => data !== undefined && data !== seen.at(-1) && seen.push(data));
  await vi.advanceTimersByTimeAsync(200);
  const mark = staleMarker(queryClient);
  for (seq = 1; seq <= 40; seq += 1) {
    mark({ seq, type: "message.new", ids: {} });
    await vi.advanceTimersByTimeAsync(50);
  }
  const meanwhile = seen.length;
  seq = 41;
  mark({ seq, type: "message.new", ids: {} });
  await vi.advanceTimersByTimeAsync(1_000);
  leave();
  expect(meanwhile).toBeGreaterThan(8);
  expect(seen.at(-1)).toBe(41);
});

it("is not kept from asking again by an answer that never comes", async () => {
  const queryClient = new QueryClient();
  const ask = vi.spyOn(queryClient, "invalidateQueries").mockImplementation(() => new Promise(() => undefined));
  const mark = staleMarker(queryClient);
  mark({ seq: 1, type: "message.new", ids: {} });
  await vi.advanceTimersByTimeAsync(100);
  mark({ seq: 2, type: "message.new", ids: {} });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(ask).toHaveBeenCalledTimes(2);
});
