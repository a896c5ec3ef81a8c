"use client";

import Pusher, { type Options } from "pusher-js";
import { useEffect, useEffectEvent, useState } from "react";
import { HINT, type PusherAddress, channelsOf, hint } from "@/modules/realtime/pusher/contract";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { leaveIfRefused } from "./leave-for-good";
import type { LineProps } from "./stream-line";
import { type Line, useReconnect, useWake } from "./use-reconnect";

/** Said to the server this often, and asked by the way whether a hint was lost. */
const LIFE_SIGN_MS = 25_000;
const ACTIVITY_MS = 25_000;
const PONG_MS = 10_000;

type PusherLineProps = LineProps & { address: PusherAddress };

/** Pusher as the transport. What it loses on the way is asked for: after each connection, and with each sign of life. */
export default function PusherLine({ address, hints, tries, onDown }: PusherLineProps) {
  const { client: api } = trpc.useUtils();
  const workspaceId = useWorkspaceId() ?? "";
  const [line, setLine] = useState<Line>("trying");
  // Each number is one connection; a new one replaces what was broken or refused.
  const [round, setRound] = useState(0);
  const catchUp = useEffectEvent(() => void hints.catchUp().catch(() => undefined));
  const down = useEffectEvent(onDown);
  const hear = useEffectEvent((data: unknown, ownId: string | undefined) => {
    const heard = hint.safeParse(data);
    if (!heard.success) return;
    // Everybody gets every signal; the own ones are nobody's company.
    if (heard.data.seq === undefined && heard.data.ids.userId === ownId) return;
    void hints.hearHint(heard.data).catch(() => undefined);
  });

  useEffect(() => {
    const { hints: hintChannel, presence: presenceChannel } = channelsOf(workspaceId);
    const socket = new Pusher(address.key, {
      ...optionsOf(address),
      channelAuthorization: {
        customHandler: ({ socketId, channelName }, done) => {
          api.realtime.authorizeChannel.mutate({ socketId, channel: channelName }).then(
            (auth) => done(null, auth),
            (error: unknown) => done(refused(error), null),
          );
        },
      },
      userAuthentication: {
        customHandler: ({ socketId }, done) => {
          api.realtime.signInSocket.mutate({ socketId }).then(
            (auth) => done(null, auth),
            (error: unknown) => done(refused(error), null),
          );
        },
      },
    });
    socket.signin();
    const presence = socket.subscribe(presenceChannel);
    const channel = socket.subscribe(hintChannel);
    channel.bind(HINT, (data: unknown) => hear(data, ownIdOf(presence)));
    channel.bind("pusher:subscription_succeeded", () => {
      setLine("up");
      catchUp();
    });
    channel.bind("pusher:subscription_error", () => setLine("broken"));
    socket.connection.bind("state_change", ({ current }: { current: string }) => {
      if (current === "connected") return;
      setLine(current === "connecting" ? "trying" : "broken");
      down();
    });
    return () => {
      socket.unbind_all();
      socket.connection.unbind();
      channel.unbind();
      socket.disconnect();
    };
  }, [address, api, round, workspaceId]);

  useEffect(() => {
    const timer = setInterval(() => catchUp(), LIFE_SIGN_MS);
    return () => clearInterval(timer);
  }, []);
  const connect = () => setRound((count) => count + 1);
  useReconnect(line, { connect, poll: () => void hints.catchUp().catch(onDown) });
  useWake(connect);
  useEffect(() => {
    if (tries > 0) setRound((count) => count + 1);
  }, [tries]);
  return null;
}

function optionsOf({ cluster, host, port, isSecure }: PusherAddress): Options {
  return {
    cluster,
    wsHost: host,
    wsPort: port,
    wssPort: port,
    forceTLS: isSecure,
    // Its name also with TLS: "wss" is the second try of a plain one, which our own policy forbids, as it does the scripts that
    // the other transports load.
    enabledTransports: ["ws"],
    enableStats: false,
    activityTimeout: ACTIVITY_MS,
    pongTimeout: PONG_MS,
  };
}

function refused(error: unknown): Error {
  leaveIfRefused(error);
  return error instanceof Error ? error : new Error("The channel was refused.");
}

function ownIdOf(channel: object): string | undefined {
  // The library types a presence channel as any channel; only presence channels have members.
  const { members } = channel as { members?: { me?: { id?: string } | null } };
  return members?.me?.id;
}
