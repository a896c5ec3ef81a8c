import type { Env } from "@/server/env";

export type PusherSettings = {
  appId: string;
  key: string;
  secret: string;
  cluster: string;
  /** Of a server of one's own that speaks the protocol; absent, Pusher's by the cluster. */
  host?: string;
  port?: number;
  isSecure: boolean;
};

type PusherEnv = Pick<
  Env,
  "PUSHER_APP_ID" | "PUSHER_KEY" | "PUSHER_SECRET" | "PUSHER_CLUSTER" | "PUSHER_HOST" | "PUSHER_PORT" | "PUSHER_TLS"
>;

/** How to reach Pusher, or null while the built-in transport serves. Which variables belong together the environment has checked. */
export function pusherSettings(env: PusherEnv): PusherSettings | null {
  const { PUSHER_APP_ID: appId, PUSHER_KEY: key, PUSHER_SECRET: secret } = env;
  if (!appId || !key || !secret) return null;
  return {
    appId,
    key,
    secret,
    cluster: env.PUSHER_CLUSTER ?? "mt1",
    host: env.PUSHER_HOST,
    port: env.PUSHER_PORT,
    isSecure: env.PUSHER_TLS !== "off",
  };
}
