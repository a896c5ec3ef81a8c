import { hasCurrentBuild } from "./build-hash";
import { serveArgs } from "./build";
import { readEnvironment, webAddress } from "./environment";
import { runUntilStopped } from "./lifecycle";
import { compileCache, startPart } from "./part";
import { refuseBusyPort } from "./port";
import { StartProblem } from "./problem";
import { isServing } from "./ready";

const GRACE_MS = 8_000;
const REQUIRED = ["DATABASE_URL", "AUTH_SECRET", "ENCRYPTION_KEY"] as const;

/** The web process alone, for a machine where database and worker run elsewhere: it makes nothing, so it must be given all. */
await runUntilStopped(async (lifecycle) => {
  const env = readEnvironment();
  const missing = REQUIRED.filter((name) => !env[name]);
  if (missing.length > 0)
    throw new StartProblem(`${missing.join(", ")} must be set; \`npm start\` makes them by itself.`);
  if (!(await hasCurrentBuild(process.cwd())))
    throw new StartProblem("There is no current build. Run `npm run build`.");
  await refuseBusyPort(env.PORT);
  const childEnv = {
    ...compileCache,
    ...process.env,
    ...webAddress(env),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  } as const;
  lifecycle.onStop(
    startPart({ name: "web", args: serveArgs(env.PORT), env: childEnv, graceMs: GRACE_MS }, lifecycle.fail).stop,
  );
  if (!(await isServing(env.PORT, lifecycle))) return;
  console.log(`ChatAI web is serving at ${env.appUrl}`);
  await new Promise(() => {});
});
