import * as z from "zod";
import { isChannelAuth, isUserAuth, type PusherApp } from "./pusher-signature";
import type { WebSocketEnd } from "./web-socket";

const message = z.object({ event: z.string(), data: z.unknown() });
const subscription = z.object({
  channel: z.string(),
  auth: z.string().optional(),
  channel_data: z.string().optional(),
});
const signIn = z.object({ auth: z.string(), user_data: z.string() });
const idOf = (json: string, name: string) => String(z.record(z.string(), z.unknown()).parse(JSON.parse(json))[name]);

/** One connected client, held to the protocol: version 7, double-encoded data, a life sign within the activity timeout. */
export class PusherSocket {
  readonly id = `${Math.floor(Math.random() * 1e9)}.${Math.floor(Math.random() * 1e9)}`;
  readonly channels = new Map<string, string | null>();
  userId: string | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly app: PusherApp,
    readonly end: WebSocketEnd,
    private readonly activitySeconds: number,
    private readonly refuse: (reason: string) => void,
  ) {
    end.onText = (text) => this.receive(text);
    this.send("pusher:connection_established", { socket_id: this.id, activity_timeout: activitySeconds });
    this.expectLife();
  }

  send(event: string, data: unknown, channel?: string): void {
    this.end.send(JSON.stringify({ event, channel, data: JSON.stringify(data) }));
  }

  close(code: number, reason: string): void {
    clearTimeout(this.timer);
    this.send("pusher:error", { code, message: reason });
    this.end.close(code, reason);
  }

  forget(): void {
    clearTimeout(this.timer);
  }

  private expectLife(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.send("pusher:ping", {});
      this.timer = setTimeout(() => this.close(4201, "Pong reply not received"), this.activitySeconds * 1000);
    }, this.activitySeconds * 1500);
  }

  private receive(text: string): void {
    this.expectLife();
    const { event, data } = message.parse(JSON.parse(text));
    if (event === "pusher:ping") return this.send("pusher:pong", {});
    if (event === "pusher:pong") return;
    if (event === "pusher:subscribe") return this.subscribe(subscription.parse(data));
    if (event === "pusher:unsubscribe") return void this.channels.delete(subscription.parse(data).channel);
    if (event === "pusher:signin") return this.signIn(signIn.parse(data));
    this.refuse(`client event ${event}`);
    this.send("pusher:error", { code: 4301, message: "Client events are not enabled" });
  }

  private subscribe({ channel, auth = "", channel_data }: z.infer<typeof subscription>): void {
    const isPresence = channel.startsWith("presence-");
    const needsAuth = isPresence || channel.startsWith("private-");
    const isGood = isChannelAuth(this.app, this.id, channel, auth, channel_data) && (!isPresence || channel_data);
    if (needsAuth && !isGood) {
      this.refuse(`subscription to ${channel}`);
      this.send("pusher:subscription_error", { type: "AuthError", error: "Invalid signature", status: 401 }, channel);
      return;
    }
    const userId = isPresence && channel_data ? idOf(channel_data, "user_id") : null;
    this.channels.set(channel, userId);
    const presence = userId && { presence: { ids: [userId], hash: { [userId]: {} }, count: 1 } };
    this.send("pusher_internal:subscription_succeeded", presence || {}, channel);
  }

  private signIn({ auth, user_data }: z.infer<typeof signIn>): void {
    if (!isUserAuth(this.app, this.id, auth, user_data)) {
      this.refuse("sign-in");
      return this.close(4009, "Connection not authorized");
    }
    this.userId = idOf(user_data, "id");
    this.send("pusher:signin_success", { user_data });
  }
}
