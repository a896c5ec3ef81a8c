import { timestamp, uuid } from "drizzle-orm/pg-core";
import { newId } from "@/lib/ids";

/** Primary key: UUIDv7 made by the application. */
export const id = () => uuid().primaryKey().$defaultFn(newId);

/** An instant in UTC. */
export const instant = () => timestamp({ withTimezone: true, mode: "date" });

export const createdAt = () => instant().notNull().defaultNow();
export const updatedAt = () =>
  instant()
    .notNull()
    .defaultNow()
    .$onUpdateFn(() => new Date());
