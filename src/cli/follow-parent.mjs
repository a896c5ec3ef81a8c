// Preloaded into web, worker and build: when the process that started them is killed, its channel closes and they stop too.
// Plain JavaScript, because Node would load its compiler for TypeScript into each of them: 13 MB.
const GRACE_MS = 10_000;

// Next forks helpers that load this as well; their channel is their lifeline, and their parent is not ours.
if (process.env.CHATAI_PARENT === String(process.ppid)) {
  process.channel?.unref();
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
}
