import { managerProcedure, router } from "@/trpc/init";
import { entriesInput, receiptInput } from "../contract";
import { getBalance, getReach, getReceipt, getUsage, getWelcome, listEntries } from "./ledger/service";
import { listPrices } from "./prices/service";

export const balanceRouter = router({
  get: managerProcedure.query(({ ctx }) => getBalance(ctx)),
  reach: managerProcedure.query(({ ctx }) => getReach(ctx)),
  entries: managerProcedure.input(entriesInput).query(({ ctx, input }) => listEntries(ctx, input)),
  receipt: managerProcedure.input(receiptInput).query(({ ctx, input }) => getReceipt(ctx, input)),
  usage: managerProcedure.query(({ ctx }) => getUsage(ctx)),
  welcome: managerProcedure.query(({ ctx }) => getWelcome(ctx)),
  prices: managerProcedure.query(({ ctx }) => listPrices(ctx)),
});
