import { db, type Db } from "./client";

/** The migrated database of this test worker. Tests commit for real and own their workspaces; nothing is cleaned up. */
export function testDb(): Db {
  return db();
}
