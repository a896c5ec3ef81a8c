import { prepareInstallation, readEnvironment } from "./environment";
import { runUntilStopped } from "./lifecycle";

await runUntilStopped(async (lifecycle) => {
  const installation = await prepareInstallation(readEnvironment());
  lifecycle.onStop(installation.release);
  console.log("The database is up to date.");
});
