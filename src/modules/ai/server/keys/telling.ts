import { excerpt } from "@/lib/text";
import { queueEmail } from "@/modules/email/server/service";
import type { Ctx } from "@/server/context";
import { env } from "@/server/env";
import { inTransaction } from "@/server/transaction";
import { listStaff, listTroubled } from "./repository";

const NAMES_CHARS = 400;

/** Writes to every active member of staff that no provider key can serve; one letter each for the same hour. */
export async function tellStaff(ctx: Ctx, hour: string): Promise<void> {
  const [staff, troubled] = await Promise.all([listStaff(ctx.db), listTroubled(ctx.db)]);
  const keys = excerpt(troubled.map(({ name, reason }) => `${name} (${reason})`).join(", ") || "—", NAMES_CHARS);
  await inTransaction(ctx, async (tx) => {
    for (const { id, email, locale } of staff) {
      await queueEmail(tx, {
        kind: "ai-keys-resting",
        to: email,
        locale,
        payload: { keys, url: `${env().appUrl}/admin` },
        dedupeKey: `ai-keys-resting:${hour}:${id}`,
      });
    }
  });
}
