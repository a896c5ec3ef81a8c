import * as z from "zod";
import type { ReplyFileKind } from "@/db/enums";

/** The fields beside the file. `id` is the client's own: a repeat finds the file that is there. */
export const receiveFileInput = z.object({ dialogId: z.uuid(), id: z.uuid() });
export const replyFileRef = z.object({ id: z.uuid() });

export type ReceiveFileInput = z.infer<typeof receiveFileInput>;

export type ReplyFile = { id: string; kind: ReplyFileKind; name: string; mimeType: string; sizeBytes: number };
