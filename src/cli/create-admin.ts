import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import * as z from "zod";
import { newPassword } from "@/modules/auth/contract";
import { emailAddress } from "@/modules/users/contract";
import { runCommand } from "./command";
import { prepareInstallation, readEnvironment } from "./environment";
import type { Lifecycle } from "./lifecycle";
import { StartProblem } from "./problem";

const PASSWORD_RULE = "8 to 128 characters with a letter and a digit, and none of the common ones";

const sentences = {
  created: (email: string) => `${email} is platform staff now.`,
  promoted: (email: string) => `${email} had an account and is platform staff now.`,
  unchanged: (email: string) => `${email} is platform staff already; nothing was changed.`,
};

await runCommand({
  name: "admin:create",
  summary: `Makes a person platform staff: creates the account, or promotes the one that is there. May be repeated.
The password comes from ADMIN_PASSWORD or from a prompt; without either, a link to choose one is printed.
It has ${PASSWORD_RULE}.`,
  options: { email: { takes: "ADDRESS", help: "the person's e-mail address" } },
  input: z.object({ email: emailAddress }),
  run: async ({ email }, lifecycle) => {
    const given = passwordFromEnvironment();
    await prepareInstallation(readEnvironment(), lifecycle);
    const [{ appointStaff, hasOwnPassword }, { commandCtx }] = await Promise.all([
      import("@/modules/auth/server/staff"),
      import("./command-context"),
    ]);
    const ctx = commandCtx("admin:create", lifecycle);
    const mayAsk = given === null && process.stdin.isTTY && !(await hasOwnPassword(ctx, email));
    const password = mayAsk ? await askPassword(lifecycle) : given;
    const { outcome, invitationUrl } = await appointStaff(ctx, { email, password });
    console.log(sentences[outcome](email));
    if (invitationUrl) console.log(`Choose a password within 24 hours: ${invitationUrl}`);
  },
});

function passwordFromEnvironment(): string | null {
  const given = process.env.ADMIN_PASSWORD;
  return given === undefined || given === "" ? null : checked(given, "ADMIN_PASSWORD");
}

async function askPassword(lifecycle: Lifecycle): Promise<string | null> {
  const first = await ask("Password (empty: print a link to choose one): ", lifecycle);
  if (first === "") return null;
  const password = checked(first, "The password");
  if ((await ask("Once more: ", lifecycle)) !== first) throw new StartProblem("The two passwords differ.");
  return password;
}

// Readline echoes what is typed into its output, so it gets one that keeps nothing.
async function ask(question: string, lifecycle: Lifecycle): Promise<string> {
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  lines.on("SIGINT", () => lifecycle.fail("\nNothing was changed."));
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stdout.write("\n");
  }
}

function checked(password: string, what: string): string {
  const parsed = newPassword.safeParse(password);
  if (parsed.success) return parsed.data;
  throw new StartProblem(`${what} is not usable: it needs ${PASSWORD_RULE}.`);
}
