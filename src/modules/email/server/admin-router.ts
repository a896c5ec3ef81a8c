import { router, staffProcedure } from "@/trpc/init";
import { emailIdInput, emailListInput } from "../contract";
import { getEmail, listEmails, resendEmail } from "./service";

export const mailAdminRouter = router({
  list: staffProcedure.input(emailListInput).query(({ ctx, input }) => listEmails(ctx, input)),
  get: staffProcedure.input(emailIdInput).query(({ ctx, input }) => getEmail(ctx, input.id)),
  resend: staffProcedure.input(emailIdInput).mutation(({ ctx, input }) => resendEmail(ctx, input.id)),
});
