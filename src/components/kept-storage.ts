type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const memories = new Map<string, Kept>();

/** What the browser keeps for the next visit; where it is forbidden or absent, what lives as long as the page. */
export const keptStorage = () => storageOf("localStorage");

/** The same of one tab. */
export const tabStorage = () => storageOf("sessionStorage");

function storageOf(name: "localStorage" | "sessionStorage"): Kept {
  try {
    // Browsers refuse the very mention of it, or have none at all.
    const storage = (globalThis as Partial<typeof globalThis>)[name];
    if (storage) return storage;
  } catch {
    // The page's own memory serves.
  }
  const memory = memories.get(name) ?? inMemory();
  memories.set(name, memory);
  return memory;
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
