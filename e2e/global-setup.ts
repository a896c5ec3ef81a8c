import { freePort } from "@/server/embedded-postgres";
import { startStack } from "./stack";

export type Surroundings = {
  url: string;
  dataDir: string;
  telegramPort: number;
  modelPort: number;
  demoEmail: string;
  demoPassword: string;
};

/** One installation for the whole run. The fakes come up later in the worker process, on the ports named here. */
export default async function setup(): Promise<() => Promise<void>> {
  const [telegramPort, modelPort] = await Promise.all([freePort(), freePort()]);
  const stack = await startStack({
    env: {
      TELEGRAM_API_ROOT: `http://127.0.0.1:${telegramPort}`,
      OPENAI_BASE_URL: `http://127.0.0.1:${modelPort}/v1`,
      OPENAI_API_KEY: "sk-journeys",
    },
  });
  const [, demoEmail = "", demoPassword = ""] = /Demo sign-in: (\S+) \/ (\S+)/.exec(stack.output()) ?? [];
  const surroundings: Surroundings = {
    url: stack.url,
    dataDir: stack.dataDir,
    telegramPort,
    modelPort,
    demoEmail,
    demoPassword,
  };
  process.env.E2E_SURROUNDINGS = JSON.stringify(surroundings);
  return async () => {
    const code = await stack.stop();
    if (code !== 0 || process.env.E2E_LOG) console.log(stack.output());
    if (code !== 0) throw new Error(`npm start ended with ${code}`);
  };
}
