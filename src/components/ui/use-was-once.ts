import { useState } from "react";

/** True from the first time that `isNow` is: what is loaded on demand stays, so that it can also close in its own way. */
export function useWasOnce(isNow: boolean): boolean {
  const [was, setWas] = useState(isNow);
  if (isNow && !was) setWas(true);
  return was || isNow;
}
