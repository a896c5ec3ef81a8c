import Pusher from "pusher";
import * as z from "zod";
import { HINT, type Hint } from "@/modules/realtime/pusher/contract";
import type { PusherSettings } from "@/server/pusher-settings";

const TIMEOUT_MS = 5_000;

const channelList = z.object({ channels: z.record(z.string(), z.unknown()) });
const userList = z.object({ users: z.array(z.object({ id: z.string() })) });

export type Outgoing = { channel: string; hint: Hint };
export type PusherGateway = ReturnType<typeof pusherGateway>;

/** Pusher, or a server that speaks its protocol, in our words. Every call rejects when it was not accepted. */
export function pusherGateway({ appId, key, secret, cluster, host, port, isSecure }: PusherSettings) {
  const base = { appId, key, secret, useTLS: isSecure, timeout: TIMEOUT_MS };
  const pusher = new Pusher(
    host ? { ...base, host, port: port === undefined ? undefined : String(port) } : { ...base, cluster },
  );
  const read = async (path: string, params: Pusher.Params): Promise<unknown> => {
    const response = await pusher.get({ path, params });
    return response.json();
  };
  return {
    publish: async (batch: readonly Outgoing[]): Promise<void> => {
      await pusher.triggerBatch(batch.map(({ channel, hint }) => ({ channel, name: HINT, data: hint })));
    },
    authorizeChannel: (socketId: string, channel: string, userId: string) =>
      pusher.authorizeChannel(socketId, channel, channel.startsWith("presence-") ? { user_id: userId } : undefined),
    signIn: (socketId: string, userId: string) => pusher.authenticateUser(socketId, { id: userId }),
    endConnections: async (userId: string): Promise<void> => {
      await pusher.terminateUserConnections(userId);
    },
    /** The channels of that kind that somebody listens on. */
    listOccupied: async (prefix: string): Promise<string[]> =>
      Object.keys(channelList.parse(await read("/channels", { filter_by_prefix: prefix })).channels),
    listUsers: async (channel: string): Promise<string[]> =>
      userList.parse(await read(`/channels/${channel}/users`, {})).users.map(({ id }) => id),
  };
}
