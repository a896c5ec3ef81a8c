import * as z from "zod";

/** What the browser has to know of the configured server; its secret stays with us. */
export type PusherAddress = { key: string; cluster: string; host?: string; port?: number; isSecure: boolean };

const socketId = z.string().regex(/^\d{1,20}\.\d{1,20}$/);

export const authorizeChannelInput = z.object({ socketId, channel: z.string().max(200) });
export const signInSocketInput = z.object({ socketId });
export type AuthorizeChannelInput = z.infer<typeof authorizeChannelInput>;
export type SignInSocketInput = z.infer<typeof signInSocketInput>;

/** The channels of one workspace: hints travel on the private one, the presence one says whose tabs are open. */
export function channelsOf(workspaceId: string): { hints: string; presence: string } {
  return { hints: `private-workspace-${workspaceId}`, presence: `presence-workspace-${workspaceId}` };
}

export const HINT = "hint";

/** What travels on the channel. A signal has no number; `connected` only says where the workspace stands. */
export const hint = z.object({
  seq: z.number().int().nonnegative().optional(),
  type: z.string(),
  ids: z.record(z.string(), z.string()),
});
export type Hint = z.infer<typeof hint>;
