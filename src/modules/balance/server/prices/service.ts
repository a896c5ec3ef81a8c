import { SERVICES } from "@/db/enums";
import { notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { env } from "@/server/env";
import type { Ctx, UserCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import type { Currency, PriceItem, UpdatePriceInput } from "../../contract";
import { changePrice, listPriceRows, lockPrice } from "./repository";

type Prices = { items: PriceItem[]; nextCursor: null; currency: Currency };

/** Every price there is, also of services that are not offered, in the order of the services. */
export async function listAllPrices(ctx: Ctx): Promise<Prices> {
  const rows = await listPriceRows(ctx.db);
  const items = rows.toSorted((one, other) => SERVICES.indexOf(one.service) - SERVICES.indexOf(other.service));
  return { items, nextCursor: null, currency: env().CURRENCY };
}

/** The prices that customers pay now. */
export async function listPrices(ctx: Ctx): Promise<Prices> {
  const prices = await listAllPrices(ctx);
  return { ...prices, items: prices.items.filter(({ isActive }) => isActive) };
}

/**
 * Changes what a service costs from the next hold on; what is not named stays as it is. Amounts in micros.
 * Refuses: NOT_FOUND.
 */
export async function updatePrice(ctx: UserCtx, { service, ...change }: UpdatePriceInput): Promise<PriceItem> {
  return inTransaction(ctx, async (ctx) => {
    const before = await lockPrice(ctx.db, service);
    const after = before && (await changePrice(ctx.db, service, { ...change, updatedBy: ctx.actor.userId }));
    if (!before || !after) throw notFound("Price");
    await audit(ctx, {
      operation: "prices.updated",
      targetKind: "price",
      targetId: service,
      detail: {
        fromMicros: before.priceMicros,
        toMicros: after.priceMicros,
        wasActive: before.isActive,
        isActive: after.isActive,
        isDescriptionChanged: before.description !== after.description,
      },
    });
    return after;
  });
}
