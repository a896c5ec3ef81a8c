import * as z from "zod";
import { runCommand } from "./command";
import { prepareInstallation, readEnvironment } from "./environment";

const DAY_MS = 86_400_000;

await runCommand({
  name: "users:cleanup",
  summary: `Finds accounts that nobody has used: never confirmed, or without a sign of life, for that many days.
Staff, accounts with money and owners of anything but an empty workspace are never among them.`,
  options: {
    inactiveDays: { takes: "DAYS", help: "since when there must be no sign of life (90)" },
    apply: { help: "closes the accounts and takes what is personal out of them; without it they are only listed" },
  },
  input: z.object({
    inactiveDays: z.coerce.number("must be a whole number of days").int().min(1).max(36_500).default(90),
    apply: z.boolean().default(false),
  }),
  run: async ({ inactiveDays, apply }, lifecycle) => {
    await prepareInstallation(readEnvironment(), lifecycle);
    const [{ findUnusedAccounts, removeUnusedAccount }, { commandCtx }] = await Promise.all([
      import("@/modules/admin/server/unused-accounts/service"),
      import("./command-context"),
    ]);
    const ctx = commandCtx("users:cleanup", lifecycle);
    const before = new Date(Date.now() - inactiveDays * DAY_MS);
    let removed = 0;
    const accounts = await findUnusedAccounts(ctx, before);
    for (const account of accounts) {
      const { userId, email, isConfirmed, lastSeenAt } = account;
      console.log(
        `${userId}  ${lastSeenAt.toISOString().slice(0, 10)}  ${isConfirmed ? "inactive   " : "unconfirmed"}  ${email}`,
      );
      if (apply && (await removeUnusedAccount(ctx, account, before))) removed += 1;
    }
    const unconfirmed = accounts.filter(({ isConfirmed }) => !isConfirmed).length;
    const total = `${accounts.length} accounts (${unconfirmed} unconfirmed, ${accounts.length - unconfirmed} inactive)`;
    console.log(
      apply
        ? `Removed ${removed} of ${total}.`
        : `Would remove ${total}. Nothing was changed; add --apply to remove them.`,
    );
  },
});
