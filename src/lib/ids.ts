import { uuidv7 } from "uuidv7";

/** A new UUIDv7: unique, and ordered by creation time, so indexes stay compact. */
export function newId(): string {
  return uuidv7();
}
