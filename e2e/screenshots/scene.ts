import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import postgres from "postgres";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import type { FakeTelegram } from "../fakes/telegram-server";
import { signIn } from "../session";
import type { Stack } from "../stack";

/** What stands in front of the camera. */
export type Scene = {
  /** The cookie of the demo's owner, who is staff too, and of an operator of the same workspace. */
  owner: string;
  operator: string;
  /** The English assistant first: the pictures of the README are English. */
  assistants: string[];
  /** Answered by the owner, waiting for a person, in Telegram with words that no layout likes. */
  dialogs: { held: string; waiting: string; long: string };
  /** A workspace in which nothing has happened. */
  emptySlug: string;
  /** Links of letters that still work. */
  invitation: string;
  reset: string;
};

type Call = <Output>(procedure: string, input: object, workspace?: string) => Promise<Output>;
type Listed<Item> = { items: Item[] };

const READS = /\.(list|get|me|queue)$/;

/** The demo after a busy morning: people wait, one is being helped, a bot is connected, letters were written. */
export async function setScene(stack: Stack, telegram: FakeTelegram): Promise<Scene> {
  const [, email = "", password = ""] = /Demo sign-in: (\S+) \/ (\S+)/.exec(stack.output()) ?? [];
  const owner = await signIn(stack.url, email, password);
  const call = callerOf(stack.url, owner);
  const server = await startEmbeddedPostgres({ dataDir: stack.dataDir });
  const sql = postgres(server.url(), { max: 1, onnotice: () => {} });
  try {
    const found = await call<Listed<{ id: string; name: string }>>("assistants.list", {});
    const assistants = found.items
      .toSorted((a, b) => Number(/[а-я]/i.test(a.name)) - Number(/[а-я]/i.test(b.name)))
      .map(({ id }) => id);
    const empty = await call<{ slug: string }>("workspaces.create", { name: "Новая компания" });
    const { held, waiting } = await fillInbox(call);
    const long = await longDialog(call, telegram, assistants[0] ?? "");
    await call("replies.create", {
      shortcut: "order",
      title: "Order on its way",
      text: "Order {order} left us, {visitor}.",
    });
    // A job writes the letters.
    const letterTo = async (address: string, kind: string) => {
      let url = "";
      const look = async () => {
        const [letter] = await sql<{ url: string }[]>`
          select payload ->> 'url' as url from emails where to_address = ${address} and kind = ${kind}`;
        return (url = letter?.url ?? "");
      };
      await expect.poll(look, { timeout: 20_000 }).not.toBe("");
      return new URL(url).pathname;
    };
    const [guest, colleague] = ["guest@example.com", "anna@example.com"];
    for (const address of [guest, colleague]) await call("workspaces.invite", { email: address, role: "operator" });
    const token = (await letterTo(colleague, "invitation")).split("/").at(-1) ?? "";
    const join = { token, name: "Александра Константинопольская-Вознесенская", password: "operator pass 9" };
    await call("auth.registerInvited", join);
    await call("auth.requestPasswordReset", { email: colleague });
    const invitation = await letterTo(guest, "invitation");
    const operator = await signIn(stack.url, colleague, join.password);
    await callerOf(stack.url, operator)("handoff.heartbeat", { isVisible: true });
    const reset = await letterTo(colleague, "reset-password");
    return { owner, operator, assistants, dialogs: { held, waiting, long }, emptySlug: empty.slug, invitation, reset };
  } finally {
    await sql.end();
    await server.stop();
  }
}

function callerOf(origin: string, cookie: string): Call {
  return async <Output>(procedure: string, input: object, workspace = "demo") => {
    const json = JSON.stringify({ json: input });
    const isRead = READS.test(procedure);
    const response = await fetch(
      `${origin}/api/trpc/${procedure}${isRead ? `?input=${encodeURIComponent(json)}` : ""}`,
      {
        method: isRead ? "GET" : "POST",
        headers: { cookie, origin, "content-type": "application/json", "x-workspace-id": workspace },
        body: isRead ? undefined : json,
      },
    );
    if (!response.ok) throw new Error(`${procedure} answered ${response.status}.`);
    const body = (await response.json()) as { result: { data: { json: Output } } };
    return body.result.data.json;
  };
}

/** Visitors of the demo ask for a person, and one of them is being helped. */
async function fillInbox(call: Call): Promise<{ held: string; waiting: string }> {
  // The demo's dialogs are really had, after the start.
  await expect.poll(async () => Object.values(await visitors(call)).every(Boolean), { timeout: 60_000 }).toBe(true);
  const { held, waiting, others } = await visitors(call);
  for (const dialogId of [waiting, ...others]) await call("handoff.request", { dialogId });
  await call("handoff.heartbeat", { isVisible: true });
  await call("handoff.take", { dialogId: held });
  const text = "Good afternoon, Anna from the shop here. Your parcel left the warehouse this morning.";
  await call("dialogs.reply", { dialogId: held, id: randomUUID(), text });
  await call("dialogs.note", { dialogId: held, id: randomUUID(), text: "Paid, three days late." });
  await call("dialogs.tag", { dialogId: held, text: "delivery" });
  return { held, waiting };
}

async function visitors(call: Call): Promise<{ held: string; waiting: string; others: string[] }> {
  type Dialog = { id: string; channel: string; visitorName: string };
  const { items } = await call<Listed<Dialog>>("dialogs.list", { limit: 100 });
  const widget = items.filter(({ channel }) => channel === "widget");
  const named = (name: string) => widget.find(({ visitorName }) => visitorName === name)?.id;
  const [held, waiting] = [named("Emma") ?? "", named("James") ?? ""];
  return { held, waiting, others: widget.map(({ id }) => id).filter((id) => id !== held && id !== waiting) };
}

const LONG_WORDS = [
  "Здравствуйте! https://example.com/catalogue/kettles/cast-iron?utm_source=newsletter&utm_campaign=autumn-2026&product=0123456789012345678901234567890123456789",
  "Ab".repeat(120),
  "Подскажите, пожалуйста, можно ли вернуть чайник, если упаковка уже вскрыта, но самим чайником ещё не пользовались? ".repeat(
    30,
  ),
];

/** A person with a long name writes long words in Telegram and waits for an operator. */
async function longDialog(call: Call, telegram: FakeTelegram, assistantId: string): Promise<string> {
  const bot = telegram.addBot({ name: "Чайная лавка на Большой Никитской" });
  await call("bots.connect", { assistantId, token: bot.token });
  const from = { ...bot.visitor, first_name: "Екатерина-Александра", last_name: "Преображенская-Рождественская" };
  await bot.visitorSends(LONG_WORDS.join("\n\n").slice(0, 4_000), from);
  await bot.waitForReply(1, 30_000);
  type Dialog = { id: string; channel: string };
  const { items } = await call<Listed<Dialog>>("dialogs.list", { limit: 100 });
  const dialogId = items.find(({ channel }) => channel === "telegram")?.id ?? "";
  await call("handoff.request", { dialogId });
  return dialogId;
}
