import { prepareInstallation, readEnvironment } from "./environment";
import { runUntilStopped } from "./lifecycle";

await runUntilStopped(async (lifecycle) => {
  await prepareInstallation(readEnvironment(), lifecycle);
  console.log("The database is up to date.");
});
