import { db } from "@/db/client";
import { logger } from "@/server/logger";

/** Says to every runner that a lane has something to do. */
export const LANE_CHANNEL = "chatai_lanes";

let bell: "silent" | "due" | "ringing" | "ringing, and due again" = "silent";

/**
 * Wakes the runners of all processes for jobs that a committed statement added without saying so itself: announcing makes
 * commits wait for each other, and whoever waits for this statement's answer should not. Many calls of a moment are one
 * announcement. A lost one costs the wait for a runner's next look by itself.
 */
export function ringLanes(): void {
  if (bell === "ringing") bell = "ringing, and due again";
  if (bell !== "silent") return;
  bell = "due";
  // Behind what the statement's answer sets off: whoever waits for that goes first.
  setImmediate(() => void announce());
}

async function announce(): Promise<void> {
  bell = "ringing";
  try {
    await db().$hot.$client`select pg_notify(${LANE_CHANNEL}, '')`;
  } catch (error) {
    logger.warn({ event: "lanes-not-rung", error });
  }
  const isDueAgain = isRungAgain();
  bell = "silent";
  if (isDueAgain) ringLanes();
}

// Calls during the announcement change it, which a comparison in place is not expected to see.
const isRungAgain = () => bell === "ringing, and due again";
