// Preloaded into web and worker: when the process that started them is killed, its channel closes and they stop too.
const GRACE_MS = 10_000;

process.channel?.unref();
process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
});
