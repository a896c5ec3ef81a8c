import { hash, verify } from "@node-rs/argon2";

// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let standIn: Promise<string> | undefined;

/** Argon2id in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS);
}

/**
 * Whether the password fits the hash. Without a hash (unknown account, or one without a password) it does the same
 * work on a stand-in and says no, so that the time of the answer tells nothing.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  standIn ??= hashPassword("no account has this password");
  const isRight = await verify(passwordHash ?? (await standIn), password);
  return passwordHash !== null && isRight;
}
