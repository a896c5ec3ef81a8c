import { QueryClient } from "@tanstack/react-query";
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

it("asks once for a burst of events, however many came", () => {
  const { mark, asked } = givenPage();
  for (let seq = 1; seq <= 500; seq += 1) mark({ seq, type: "message.new", ids: {} });
  mark({ seq: 501, type: "handoff.started", ids: {} });
  vi.runAllTimers();
  expect(asked).toEqual([[["dialogs"]], [["handoff"]]]);
  mark({ seq: 502, type: "message.new", ids: {} });
  vi.runAllTimers();
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
