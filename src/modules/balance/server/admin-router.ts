import { router, staffProcedure } from "@/trpc/init";
import { adjustInput, updatePriceInput, walletEntriesInput, walletRef } from "../contract";
import { getBalance, listEntries } from "./ledger/service";
import { listAllPrices, updatePrice } from "./prices/service";
import { adjustBalance, enterWallet } from "./service";

export const balanceAdminRouter = router({
  adjust: staffProcedure.input(adjustInput).mutation(({ ctx, input }) => adjustBalance(ctx, input)),
  get: staffProcedure
    .input(walletRef)
    .query(async ({ ctx, input }) => getBalance(await enterWallet(ctx, input.workspaceId))),
  entries: staffProcedure
    .input(walletEntriesInput)
    .query(async ({ ctx, input: { workspaceId, ...page } }) => listEntries(await enterWallet(ctx, workspaceId), page)),
});

export const pricesAdminRouter = router({
  list: staffProcedure.query(({ ctx }) => listAllPrices(ctx)),
  update: staffProcedure.input(updatePriceInput).mutation(({ ctx, input }) => updatePrice(ctx, input)),
});
