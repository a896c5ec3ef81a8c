import { randomUUID } from "node:crypto";
import { signIn } from "../session";
import type { Stack } from "../stack";

/** `route` is the page's folder in the app. */
type DemoPage = { name: string; path: string; route?: string; isForStrangers?: boolean };
export type SignedIn = { cookie: string; pages: DemoPage[] };

const IN_INBOX = /^\/w\/demo\/inbox\//;
const INBOX = "/w/[workspace]/inbox/[[...view]]";

/** The demo owner's session and the addresses worth measuring, with an assistant and a dialog to look at. */
export async function givenSignedIn(stack: Stack): Promise<SignedIn> {
  const [, email = "", password = ""] = /Demo sign-in: (\S+) \/ (\S+)/.exec(stack.output()) ?? [];
  const cookie = await signIn(stack.url, email, password);
  const assistant = await firstAssistantId(stack.url, cookie);
  const dialog = await givenDialogId(stack.url, cookie, assistant);
  const editor = `/w/demo/assistants/${assistant}`;
  const strangers = { landing: "/", login: "/login", register: "/register" };
  const members = {
    overview: "/w/demo",
    assistants: "/w/demo/assistants",
    behaviour: `${editor}/behaviour`,
    knowledge: `${editor}/knowledge`,
    playground: `${editor}/playground`,
    channels: `${editor}/channels`,
    dialogs: "/w/demo/dialogs",
    dialog: `/w/demo/dialogs/${dialog}`,
    inbox: "/w/demo/inbox/queue",
    conversation: `/w/demo/inbox/all/${dialog}`,
    balance: "/w/demo/balance",
    team: "/w/demo/team",
    settings: "/w/demo/settings",
    profile: "/account/profile",
  };
  return {
    cookie,
    pages: [
      ...Object.entries(strangers).map(([name, path]) => ({ name, path, isForStrangers: true })),
      ...Object.entries(members).map(([name, path]) => ({ name, path, ...(IN_INBOX.test(path) && { route: INBOX }) })),
    ],
  };
}

async function firstAssistantId(origin: string, cookie: string): Promise<string> {
  const input = encodeURIComponent('{"json":{}}');
  const response = await fetch(`${origin}/api/trpc/assistants.list?input=${input}`, { headers: { cookie } });
  const body = (await response.json()) as { result: { data: { json: { items: { id: string }[] } } } };
  const [first] = body.result.data.json.items;
  if (!first) throw new Error("The demo has no assistant.");
  return first.id;
}

async function givenDialogId(origin: string, cookie: string, assistantId: string): Promise<string> {
  const response = await fetch(`${origin}/api/chat`, {
    method: "POST",
    headers: { cookie, origin, "content-type": "application/json" },
    body: JSON.stringify({ assistantId, id: randomUUID(), text: "How much is delivery?" }),
  });
  await response.text();
  const dialogId = response.headers.get("x-dialog-id");
  if (!dialogId) throw new Error(`The demo assistant answered ${response.status} without a dialog.`);
  return dialogId;
}
