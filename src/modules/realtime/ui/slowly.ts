/** A function that runs `act` at once and then at most every `everyMs`, the last call included. */
export function slowly(everyMs: number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ranAtMs = 0;
  return () => {
    clearTimeout(timer);
    const run = () => {
      ranAtMs = Date.now();
      act();
    };
    const waitMs = ranAtMs + everyMs - Date.now();
    if (waitMs <= 0) run();
    else timer = setTimeout(run, waitMs);
  };
}
