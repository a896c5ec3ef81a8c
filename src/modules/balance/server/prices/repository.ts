import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Service } from "@/db/enums";
import { servicePrices } from "@/db/schema/balance";
import type { PriceItem } from "../../contract";

const priceColumns = {
  service: servicePrices.service,
  priceMicros: servicePrices.priceMicros,
  description: servicePrices.description,
  isActive: servicePrices.isActive,
  updatedAt: servicePrices.updatedAt,
};

export async function listPriceRows(db: Db): Promise<PriceItem[]> {
  return db.select(priceColumns).from(servicePrices);
}

/** Reads a price and holds its row until the transaction ends. */
export async function lockPrice(db: Db, service: Service): Promise<PriceItem | undefined> {
  const [row] = await db
    .select(priceColumns)
    .from(servicePrices)
    .where(eq(servicePrices.service, service))
    .for("update");
  return row;
}

type PriceChange = { priceMicros?: number; description?: string; isActive?: boolean; updatedBy: string };

export async function changePrice(db: Db, service: Service, change: PriceChange): Promise<PriceItem | undefined> {
  const [row] = await db
    .update(servicePrices)
    .set(change)
    .where(eq(servicePrices.service, service))
    .returning(priceColumns);
  return row;
}
