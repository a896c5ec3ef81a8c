import * as z from "zod";
import type { BotStatus } from "@/db/enums";
import type { BotCheck, BotFault } from "./doctor/contract";
import { TOKEN_PATTERN } from "./limits";

/** The largest webhook body that is read. */
export const MAX_UPDATE_BYTES = 1024 * 1024;

export const connectBotInput = z.object({
  assistantId: z.uuid(),
  token: z.string().trim().regex(TOKEN_PATTERN, "This does not look like a bot token."),
  /** Another bot of the assistant that this one takes the place of, as the person confirmed. */
  replacesBotId: z.uuid().optional(),
});

/** The same token before it is connected, to show whose it is. */
export const identifyBotInput = connectBotInput.pick({ token: true });

export const listBotsInput = z.object({ assistantId: z.uuid().optional() });

export const botInput = z.object({ id: z.uuid() });

export type ConnectBotInput = z.infer<typeof connectBotInput>;
export type IdentifyBotInput = z.infer<typeof identifyBotInput>;
export type ListBotsInput = z.infer<typeof listBotsInput>;
export type BotInput = z.infer<typeof botInput>;

/** A bot as members see it. The token never leaves the server; its last four characters tell tokens apart. */
export type Bot = {
  id: string;
  assistantId: string;
  username: string;
  name: string;
  tokenLast4: string;
  status: BotStatus;
  lastError: BotFault | null;
  lastUpdateAt: Date | null;
  /** Silent by a person's choice until it is resumed. */
  isPaused: boolean;
  /** How many updates waited at Telegram when the doctor last looked; null before its first visit. */
  pendingUpdates: number | null;
  /** What the doctor found at that visit. */
  checks: BotCheck[];
  checkedAt: Date | null;
  createdAt: Date;
};
