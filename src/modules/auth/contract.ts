import * as z from "zod";
import { emailAddress, localeChoice, personName } from "@/modules/users/contract";
import { brokenPasswordRules } from "./rules";

/** A password somebody knows already; the policy is for new ones, so that old ones keep working. */
const knownPassword = z.string().normalize("NFC").min(1).max(1024);

/** A password somebody chooses. The message of an issue is the broken rule's name. */
export const newPassword = z
  .string()
  .max(1024)
  .normalize("NFC")
  .superRefine((password, check) => {
    for (const rule of brokenPasswordRules(password)) check.addIssue({ code: "custom", message: rule });
  });

export const signInInput = z.object({ email: emailAddress, password: knownPassword });
export const registerInput = z.object({
  email: emailAddress,
  password: newPassword,
  name: personName.default(""),
  locale: localeChoice.optional(),
});
export const registerInvitedInput = registerInput.omit({ email: true }).extend({ token: z.string().min(1).max(200) });
export const confirmEmailInput = z.object({
  email: emailAddress,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, "code"),
});
export const emailInput = z.object({ email: emailAddress });
export const resetTokenInput = z.object({ token: z.string().min(1).max(200) });
export const resetPasswordInput = resetTokenInput.extend({ password: newPassword });
export const changePasswordInput = z.object({ current: knownPassword, next: newPassword });
/** The own address is typed once more: an account cannot be brought back. */
export const removeAccountInput = z.object({ email: emailAddress });
export const sessionIdInput = z.object({ id: z.uuid() });

export type SignInInput = z.infer<typeof signInInput>;
export type RegisterInput = z.infer<typeof registerInput>;
export type RegisterInvitedInput = z.infer<typeof registerInvitedInput>;
export type ConfirmEmailInput = z.infer<typeof confirmEmailInput>;
export type ResetPasswordInput = z.infer<typeof resetPasswordInput>;
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export type SessionSummary = {
  id: string;
  userAgent: string;
  address: string;
  createdAt: Date;
  lastSeenAt: Date;
  isCurrent: boolean;
};

export const EXTERNAL_PROVIDERS = ["google", "github", "yandex"] as const;
export type ExternalProvider = (typeof EXTERNAL_PROVIDERS)[number];
