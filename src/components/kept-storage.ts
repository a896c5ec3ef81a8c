type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

let memory: Kept | undefined;

/** What the browser keeps for the next visit; where it is forbidden or absent, what lives as long as the page. */
export function keptStorage(): Kept {
  try {
    // Browsers refuse the very mention of it, or have none at all.
    const { localStorage } = globalThis as Partial<typeof globalThis>;
    if (localStorage) return localStorage;
  } catch {
    // The page's own memory serves.
  }
  return (memory ??= inMemory());
}

function inMemory(): Kept {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (index) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}
