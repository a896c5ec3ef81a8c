/** Digits of the code that confirms an address. */
export const CODE_LENGTH = 6;

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** Passwords that satisfy every other rule and are the first to be tried. Compared in lower case. */
const COMMON_PASSWORDS = new Set([
  "password1",
  "password123",
  "qwerty123",
  "1q2w3e4r",
  "1qaz2wsx",
  "abc12345",
  "admin123",
  "welcome1",
]);

export const PASSWORD_RULES = ["length", "letter", "digit", "common"] as const;
export type PasswordRule = (typeof PASSWORD_RULES)[number];

/** The rules that a password breaks; empty when it is acceptable. Used by every door and by the ticks in the form. */
export function brokenPasswordRules(password: string): PasswordRule[] {
  const length = [...password].length;
  const broken: Record<PasswordRule, boolean> = {
    length: length < PASSWORD_MIN || length > PASSWORD_MAX,
    letter: !/\p{L}/u.test(password),
    digit: !/\p{Nd}/u.test(password),
    common: COMMON_PASSWORDS.has(password.toLowerCase()),
  };
  return PASSWORD_RULES.filter((rule) => broken[rule]);
}

const YANDEX_DOMAINS = /@(yandex\.(ru|com|by|kz|uz)|ya\.ru|narod\.ru)$/;

/** Yandex does not say whether an address is verified; one of its own mailboxes is by nature. */
export function isYandexMailbox(email: string): boolean {
  return YANDEX_DOMAINS.test(email);
}

/** Where people may be sent after signing in: a path of this site, else the workspaces. */
export function safeNextPath(next: string | null | undefined): string {
  const isOwnPath = next !== null && next !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(next);
  return isOwnPath ? next : "/w";
}
