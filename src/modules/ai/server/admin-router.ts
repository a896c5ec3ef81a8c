import { router, staffProcedure } from "@/trpc/init";
import { createKeyInput, keyIdInput, setKeyActiveInput, testKeyInput, updateKeyInput } from "../pool/contract";
import { createKey, listKeys, removeKey, resetCooling, setKeyActive, updateKeyFields } from "./keys/service";
import { testKey } from "./keys/trial";

export const aiKeysAdminRouter = router({
  list: staffProcedure.query(({ ctx }) => listKeys(ctx)),
  create: staffProcedure.input(createKeyInput).mutation(({ ctx, input }) => createKey(ctx, input)),
  update: staffProcedure.input(updateKeyInput).mutation(({ ctx, input }) => updateKeyFields(ctx, input)),
  remove: staffProcedure.input(keyIdInput).mutation(({ ctx, input }) => removeKey(ctx, input.id)),
  setActive: staffProcedure.input(setKeyActiveInput).mutation(({ ctx, input }) => setKeyActive(ctx, input)),
  resetCooling: staffProcedure.input(keyIdInput).mutation(({ ctx, input }) => resetCooling(ctx, input.id)),
  test: staffProcedure.input(testKeyInput).mutation(({ ctx, input }) => testKey(ctx, input)),
});
