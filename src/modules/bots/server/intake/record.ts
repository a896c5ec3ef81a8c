import * as z from "zod";
import type { Db } from "@/db/client";
import { updateRecorded } from "@/modules/bots/events";
import { lane } from "@/modules/bots/rules";
import { recordUpdate } from "./repository";

const chatOnly = z
  .object({ chat: z.object({ id: z.int() }) })
  .optional()
  .catch(undefined);

/** The least that a body must have to be recorded; the rest is read by the job. */
const recordable = z.looseObject({
  update_id: z.int().nonnegative(),
  message: chatOnly,
  edited_message: chatOnly,
  my_chat_member: chatOnly,
  business_message: chatOnly,
  edited_business_message: chatOnly,
  deleted_business_messages: chatOnly,
  stopped_message_generation: chatOnly,
  callback_query: z
    .object({ from: z.object({ id: z.int() }) })
    .optional()
    .catch(undefined),
});

/** Records one raw update of a bot with the job that answers it. `malformed` when it has no usable update id. */
export async function recordRawUpdate(
  db: Db,
  botId: string,
  raw: unknown,
): Promise<"new" | "repeat" | "silent" | "malformed"> {
  const update = recordable.safeParse(raw);
  if (!update.success) return "malformed";
  return recordUpdate(db, {
    botId,
    updateId: update.data.update_id,
    payload: storableJson(raw),
    lane: lane(botId, update.data),
    job: updateRecorded,
  });
}

/** The lane of an update that was recorded earlier: the one in which its first job runs. */
export function laneOf(botId: string, payload: unknown): string {
  return lane(botId, recordable.safeParse(payload).data ?? {});
}

/** JSON that PostgreSQL stores: it has no character for U+0000 and none for half a surrogate pair. */
function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!/\\u(?:0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "string" ? item.replaceAll("\0", "").toWellFormed() : item,
  );
}
