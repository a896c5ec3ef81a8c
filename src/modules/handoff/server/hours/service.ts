import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import {
  type HandoffSettings,
  hoursOf,
  type Reach,
  saveHoursInput,
  type SaveHoursInput,
  saveLadderInput,
  type SaveLadderInput,
} from "@/modules/handoff/hours/contract";
import { isOpen, nextClosing, nextOpening } from "@/modules/handoff/hours/rules";
import { defaultLadder } from "@/modules/handoff/rules";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { findSettings, saveSettings } from "./repository";

const UNSET = { isAlwaysOpen: true, timeZone: null, week: [[], [], [], [], [], [], []], specialDays: [], version: 0 };

/** What the workspace has set about reaching its people; the defaults before its first save. Refuses: NOT_FOUND. */
export async function settingsOf(ctx: WorkspaceCtx): Promise<HandoffSettings> {
  const found = await findSettings(ctx.db, ctx.workspaceId);
  if (!found) throw notFound("Workspace");
  const { settings, workspaceTimeZone } = found;
  return { ...defaultLadder, ...UNSET, ...settings, workspaceTimeZone };
}

/** Whether people are to be expected now, and when again. Refuses: NOT_FOUND. */
export async function reachOf(ctx: WorkspaceCtx, settings?: HandoffSettings): Promise<Reach> {
  const known = settings ?? (await settingsOf(ctx));
  const [hours, now] = [hoursOf(known), ctx.now()];
  return {
    isOpen: isOpen(hours, now),
    opensAt: nextOpening(hours, now),
    closesAt: nextClosing(hours, now),
    timeZone: hours.timeZone,
    siteSlaMinutes: known.siteSlaMinutes,
    telegramSlaMinutes: known.telegramSlaMinutes,
  };
}

/** Sets when people answer. Refuses: a ZodError; CONFLICT when somebody else saved meanwhile. */
export async function saveHours(ctx: MemberCtx, input: SaveHoursInput): Promise<HandoffSettings> {
  const { version, ...hours } = saveHoursInput.parse(input);
  return save(ctx, "handoff.hours-set", hours, version);
}

/** Sets how soon people answer and who is told when they do not. Refuses: a ZodError; CONFLICT as above. */
export async function saveLadder(ctx: MemberCtx, input: SaveLadderInput): Promise<HandoffSettings> {
  const { version, ...ladder } = saveLadderInput.parse(input);
  return save(ctx, "handoff.ladder-set", ladder, version);
}

async function save(
  ctx: MemberCtx,
  operation: string,
  change: Parameters<typeof saveSettings>[2],
  version: number,
): Promise<HandoffSettings> {
  return inTransaction(ctx, async (tx) => {
    if (!(await saveSettings(tx.db, tx.workspaceId, change, version))) {
      throw new AppError("CONFLICT", "Somebody else changed these settings meanwhile. Load them again.", {
        facts: { reason: "settings-changed" },
      });
    }
    await audit(tx, { operation, targetKind: "workspace", targetId: tx.workspaceId });
    await publish(tx, { type: "reach.changed", ids: {} });
    return settingsOf(tx);
  });
}
