import * as z from "zod";
import type { ReloadedBot } from "@/modules/bots/server/reload";
import { runCommand } from "./command";
import { prepareInstallation, readEnvironment } from "./environment";
import { StartProblem } from "./problem";

await runCommand({
  name: "bots:reload",
  summary:
    "Registers bots with Telegram anew: webhook, secret and menu. Exits with 1 when one of them is not online then.",
  options: {
    botId: { takes: "ID", help: "one bot, as its page shows it" },
    all: { help: "every connected bot" },
  },
  input: z.object({ botId: z.uuid("it is no bot's id").optional(), all: z.boolean().default(false) }),
  run: async ({ botId, all }, lifecycle) => {
    if ((botId === undefined) === !all)
      throw new StartProblem("Name one bot with --bot-id, or all of them with --all.");
    await prepareInstallation(readEnvironment(), lifecycle);
    const [{ reloadAllBots, reloadBot }, { commandCtx }] = await Promise.all([
      import("@/modules/bots/server/reload"),
      import("./command-context"),
    ]);
    const ctx = commandCtx("bots:reload", lifecycle);
    const bots: ReloadedBot[] = [];
    const report = (bot: ReloadedBot) => {
      bots.push(bot);
      console.log(`${bot.id}  @${bot.username}  ${bot.status}`);
    };
    if (botId === undefined) await reloadAllBots(ctx, report);
    else {
      const bot = await reloadBot(ctx, botId);
      if (bot === null) throw new StartProblem(`There is no connected bot with the id ${botId}.`);
      report(bot);
    }
    const failed = bots.filter(({ status }) => status !== "online").length;
    if (failed > 0)
      throw new StartProblem(`${failed} of ${bots.length} bots could not be registered; a job goes on trying.`);
    console.log(`Reloaded ${bots.length} ${bots.length === 1 ? "bot" : "bots"}.`);
  },
});
