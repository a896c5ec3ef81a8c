import { AppError, notFound } from "@/lib/errors";
import type { WorkspaceCtx } from "@/server/context";
import { sqlState } from "@/server/transaction";
import {
  type DialogMessage,
  findMessageByClientId,
  type IncomingMessage,
  insertIntoDialog,
  insertIntoOpenDialog,
  type ReceivedMessage,
} from "./receiving-repository";

export type { IncomingMessage, ReceivedMessage } from "./receiving-repository";

const UNIQUE_VIOLATION = "23505";

/**
 * Stores a visitor's message in the open dialog of its key, or in a new one, in one round trip. Raises the dialog's
 * epoch, so an answer to an earlier message does not leave any more. A repeat changes nothing. Refuses: NOT_FOUND for an
 * assistant of another workspace. Publishes nothing: the caller's door knows who watches.
 */
export async function receiveMessage(ctx: WorkspaceCtx, incoming: IncomingMessage): Promise<ReceivedMessage> {
  const received = await storeOnce(() => insertIntoOpenDialog(ctx.db, ctx.workspaceId, incoming, { now: ctx.now() }));
  if (!received) throw notFound("Assistant");
  return received;
}

/**
 * The same for a job that runs again after a crash: the statement also announces the message, needs no transaction, and
 * its commit does not wait for the disk.
 */
export async function receiveAnnounced(ctx: WorkspaceCtx, incoming: IncomingMessage): Promise<ReceivedMessage> {
  const options = { now: ctx.now(), isAnnounced: true };
  const received = await storeOnce(() => insertIntoOpenDialog(ctx.db, ctx.workspaceId, incoming, options));
  if (!received) throw notFound("Assistant");
  return received;
}

/** The same into a known open dialog whose visitor key begins with `keyPrefix`. Refuses: NOT_FOUND; CONFLICT when it has ended. */
export async function receiveInDialog(ctx: WorkspaceCtx, incoming: DialogMessage): Promise<ReceivedMessage> {
  const received = await storeOnce(() => insertIntoDialog(ctx.db, ctx.workspaceId, incoming, ctx.now()));
  if (!received) throw notFound("Dialog");
  if (received === "ended") {
    throw new AppError("CONFLICT", "This dialog has ended. Start a new one.", { facts: { reason: "dialog-ended" } });
  }
  return received;
}

/** A message that was stored under this client id in any dialog of the person, ended ones included; null when there is none. */
export async function findReceived(
  ctx: WorkspaceCtx,
  wanted: Pick<DialogMessage, "assistantId" | "channel" | "keyPrefix" | "clientId">,
): Promise<ReceivedMessage | null> {
  return findMessageByClientId(ctx.db, ctx.workspaceId, wanted);
}

// Two twins may both pass the check for a repeat; the unique key stops the second, which then finds the first.
async function storeOnce<T>(store: () => Promise<T>): Promise<T> {
  try {
    return await store();
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    return store();
  }
}
