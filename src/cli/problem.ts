import { DatabaseUnusableError } from "@/db/migrate";
import { EnvError } from "@/server/env";

/** Something the person at the terminal can put right. The sentence is all they see. */
export class StartProblem extends Error {
  override readonly name = "StartProblem";
}

const DATABASE_CODES: Record<string, string> = {
  ECONNREFUSED: "nothing listens at its address",
  ECONNRESET: "the server closed the connection",
  ENOTFOUND: "its host name is unknown",
  EAI_AGAIN: "its host name cannot be looked up",
  ETIMEDOUT: "the server does not answer",
  CONNECT_TIMEOUT: "the server does not answer",
  EHOSTUNREACH: "its host cannot be reached",
  ENETUNREACH: "its network cannot be reached",
  CONNECTION_CLOSED: "the server closed the connection",
  CONNECTION_ENDED: "the server closed the connection",
  ERR_INVALID_URL: "it is not a valid address",
  "08P01": "what answers there is not PostgreSQL",
  "28000": "the server refuses this user",
  "28P01": "the server refuses the password",
  "3D000": "the database does not exist",
  "42501": "this user may not create tables",
  "53300": "the server has no free connections",
  "57P03": "the server is starting up",
};

/** The sentence for a person when the configured database cannot be used, or null for any other fault. */
export function databaseProblem(error: unknown): string | null {
  if (error instanceof DatabaseUnusableError) return `${error.message}.`;
  const code = codeOf(error);
  const reason = code ? DATABASE_CODES[code] : undefined;
  return reason ? `DATABASE_URL cannot be used: ${reason} (${code}).` : null;
}

/** One line without secrets for what was foreseen; a stack for a defect. */
export function explain(error: unknown): string {
  if (error instanceof StartProblem || error instanceof EnvError) return error.message;
  if (error instanceof DatabaseUnusableError) return `${error.message}.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}
