import { db } from "@/db/client";
import { logger } from "@/server/logger";

/** Says to every runner that a lane has something to do. */
export const LANE_CHANNEL = "chatai_lanes";

let isRinging = false;
let isRungAgain = false;

/**
 * Wakes the runners of all processes for jobs that a committed statement added without saying so itself: announcing makes
 * commits wait for each other, and whoever waits for this statement's answer should not. Many calls of a moment are one
 * announcement. A lost one costs the wait for a runner's next look by itself.
 */
export function ringLanes(): void {
  isRungAgain = isRinging;
  if (isRinging) return;
  isRinging = true;
  void announce();
}

async function announce(): Promise<void> {
  try {
    await db().$hot.$client`select pg_notify(${LANE_CHANNEL}, '')`;
  } catch (error) {
    logger.warn({ event: "lanes-not-rung", error });
  }
  isRinging = false;
  if (isRungAgain) ringLanes();
}
