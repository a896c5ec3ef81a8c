import type { LedgerAccount, LedgerKind } from "@/db/enums";
import type { WorkspaceId } from "@/lib/brand";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { limitOf } from "@/modules/system/server/settings";
import type { Ctx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import type { AdjustInput, WalletState } from "../contract";
import { LOW_BALANCE_ANSWERS } from "../rules";
import { bookingActor } from "./charging";
import { changeAvailable, findPrice, findWallet, forgetTold, insertMove, insertWelcomeGrant } from "./repository";

/**
 * Moves money by hand of the staff. Refuses an unknown workspace (NOT_FOUND), a key that was used before and an amount
 * that would leave less than nothing (CONFLICT); nothing is moved then.
 */
export async function adjustBalance(ctx: Ctx, input: AdjustInput): Promise<WalletState> {
  return inTransaction(ctx, async (ctx) => {
    const { workspaceId } = await enterWallet(ctx, input.workspaceId);
    const wallet = await move(ctx, workspaceId, {
      kind: "admin_adjustment",
      idempotencyKey: `adjustment:${workspaceId}:${input.idempotencyKey}`,
      description: input.reason,
      counterpart: "adjustments",
      amountMicros: input.amountMicros,
    });
    if (!wallet) {
      throw new AppError("CONFLICT", "An adjustment with this key was made already; nothing was changed now.", {
        facts: { reason: "adjustment-repeated" },
      });
    }
    const { amountMicros } = input;
    await audit(ctx, { operation: "balance.adjusted", targetKind: "wallet", workspaceId, detail: { amountMicros } });
    return wallet;
  });
}

/** The wallet of any workspace as a place for the staff's questions. Refuses: NOT_FOUND. */
export async function enterWallet(ctx: Ctx, workspaceId: string): Promise<WorkspaceCtx> {
  // Staff may look at any workspace: the id they name is proved by the wallet that it must have.
  const entered = { ...ctx, workspaceId: workspaceId as WorkspaceId };
  if (!(await findWallet(ctx.db, entered.workspaceId))) throw notFound("Workspace");
  return entered;
}

/**
 * Gives a confirmed owner's workspace the welcome bonus: once per workspace and once per person, however many ask at once.
 * False when it was given before, or while staff have set it to nothing.
 */
export async function grantWelcomeBonus(
  ctx: Ctx,
  { workspaceId, ownerId }: { workspaceId: WorkspaceId; ownerId: string },
): Promise<boolean> {
  const amountMicros = await limitOf(ctx.db, "welcomeBonusMicros");
  if (amountMicros === 0) return false;
  return inTransaction(ctx, async (ctx) => {
    if (!(await insertWelcomeGrant(ctx.db, workspaceId, ownerId))) return false;
    const wallet = await move(ctx, workspaceId, {
      kind: "welcome_bonus",
      idempotencyKey: `welcome:${workspaceId}`,
      description: "",
      counterpart: "granted:welcome",
      amountMicros,
    });
    return wallet !== undefined;
  });
}

type Move = {
  kind: LedgerKind;
  idempotencyKey: string;
  description: string;
  counterpart: LedgerAccount;
  amountMicros: number;
};

// Undefined when the key was used before. Refuses (CONFLICT) what the wallet cannot hold.
async function move(ctx: Ctx, workspaceId: WorkspaceId, wanted: Move): Promise<WalletState | undefined> {
  const booked = { ...wanted, actor: bookingActor(ctx.actor), at: ctx.now() };
  if (!(await insertMove(ctx.db, workspaceId, booked))) return undefined;
  const wallet = await changeAvailable(ctx.db, workspaceId, wanted.amountMicros);
  if (!wallet) {
    throw new AppError("CONFLICT", "The balance would fall below zero or grow past its limit; nothing was changed.", {
      facts: { reason: wanted.amountMicros < 0 ? "below-zero" : "above-limit" },
    });
  }
  if (wanted.amountMicros > 0) await startCycle(ctx, workspaceId, wallet);
  await publish({ ...ctx, workspaceId }, { type: "balance.changed", ids: {} });
  return wallet;
}

async function startCycle(ctx: Ctx, workspaceId: WorkspaceId, { availableMicros }: WalletState): Promise<void> {
  const priceMicros = (await findPrice(ctx.db, "answer_widget")) ?? 0;
  if (availableMicros < priceMicros) return;
  await forgetTold(ctx.db, workspaceId, { low: availableMicros >= priceMicros * LOW_BALANCE_ANSWERS });
}
