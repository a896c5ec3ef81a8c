import { notFound } from "@/lib/errors";
import {
  type AuthorizeChannelInput,
  channelsOf,
  type PusherAddress,
  type SignInSocketInput,
} from "@/modules/realtime/pusher/contract";
import type { MemberCtx } from "@/server/context";
import { env } from "@/server/env";
import { pusherSettings } from "@/server/pusher-settings";
import { type PusherGateway, pusherGateway } from "./gateway";

let gateway: PusherGateway | undefined;

function ownGateway(): PusherGateway {
  const settings = pusherSettings(env());
  if (!settings) throw notFound("Pusher");
  return (gateway ??= pusherGateway(settings));
}

/** Where the browser finds Pusher; null while the built-in transport serves. */
export function pusherAddress(): PusherAddress | null {
  const settings = pusherSettings(env());
  if (!settings) return null;
  const { key, cluster, host, port, isSecure } = settings;
  return { key, cluster, host, port, isSecure };
}

/** Lets one socket into a channel of the caller's workspace. Any other channel, and Pusher while it is not set up, is NOT_FOUND. */
export function authorizeChannel(
  ctx: MemberCtx,
  { socketId, channel }: AuthorizeChannelInput,
  gatewayOf: () => PusherGateway = ownGateway,
) {
  const { hints, presence } = channelsOf(ctx.workspaceId);
  if (channel !== hints && channel !== presence) throw notFound("Channel");
  return gatewayOf().authorizeChannel(socketId, channel, ctx.actor.userId);
}

/** Says whose socket it is, so that all connections of a person can be ended at once. */
export function signInSocket(ctx: MemberCtx, { socketId }: SignInSocketInput) {
  return ownGateway().signIn(socketId, ctx.actor.userId);
}
