"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useSyncExternalStore } from "react";
import { useLiveHints } from "@/components/live-hints";
import { isAudible, playSound, watchAudible } from "@/components/sounds";
import { type AlertKind, alertOf, mayRing } from "@/modules/handoff/alerts/rules";
import type { HeldItem, QueueItem } from "@/modules/handoff/contract";
import { defaultAlerts } from "@/modules/users/alerts/defaults";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { showNotification } from "./show-notification";
import { useTabLock } from "./use-tab-lock";

/** Rings and notifies, once per dialog in ten seconds and in one tab of the browser. */
export function useCalls({ inboxHref, hasDialogs }: { inboxHref: string; hasDialogs: boolean }): void {
  const t = useTranslations("alerts");
  const router = useRouter();
  const utils = trpc.useUtils();
  const workspaceId = useWorkspaceId() ?? "";
  const { data: settings = defaultAlerts } = trpc.users.alerts.useQuery(undefined, { staleTime: 60_000 });
  const { data: presence } = trpc.handoff.presence.useQuery();
  const { data: mine } = trpc.handoff.mine.useQuery(undefined, { enabled: hasDialogs });
  const canBeHeard = useSyncExternalStore(watchAudible, isAudible, () => false);
  const isSpeaker = useTabLock(`alerts-sound-${workspaceId}`, settings.sound !== "off" && canBeHeard);
  const isHerald = useTabLock(`alerts-desktop-${workspaceId}`, settings.isDesktopOn);
  const rang = useRef<ReadonlyMap<string, number>>(new Map());

  const call = (kind: AlertKind, item: QueueItem | HeldItem) => {
    const verdict = mayRing(rang.current, item.dialogId, Date.now());
    rang.current = verdict.rang;
    if (!verdict.rings) return;
    if (isSpeaker.current && settings.sound !== "off") playSound(kind, settings.sound);
    if (!isHerald.current || document.hasFocus()) return;
    const minutes = Math.floor((Date.now() - item.requestedAt.getTime()) / 60_000);
    const about = kind === "mine" ? t("mine") : t(kind, { reason: t(`reason.${item.reason}`), minutes });
    showNotification({
      key: item.dialogId,
      title: item.visitorName || t("nameless"),
      body: settings.showsText && item.lastMessage ? `${about}\n${item.lastMessage}` : about,
      onClick: () => router.push(`${inboxHref}/${kind === "mine" ? "mine" : "queue"}/${item.dialogId}`),
    });
  };

  const isMine = (dialogId: string) => mine?.items.some((item) => item.dialogId === dialogId) ?? false;
  const tellMine = async (dialogId: string) => {
    const before = mine?.items.find((item) => item.dialogId === dialogId)?.unreadCount ?? 0;
    await utils.handoff.mine.invalidate();
    const now = utils.handoff.mine.getData()?.items.find((item) => item.dialogId === dialogId);
    // The own reply is a message too; only what nobody has read is news.
    if (now && now.unreadCount > before) call("mine", now);
  };
  const tellWaiting = async (kind: AlertKind, dialogId: string) => {
    const { items } = await utils.handoff.queue.fetch({}, { staleTime: 0 });
    const item = items.find((waiting) => waiting.dialogId === dialogId);
    if (item) call(kind, item);
  };
  useLiveHints(({ type, ids: { dialogId } }) => {
    if (!dialogId || !presence) return;
    const kind = alertOf(type, { chosen: presence.chosen, isMine: isMine(dialogId) });
    // What cannot be asked for now is asked for by the pages as soon as it can.
    if (kind) void (kind === "mine" ? tellMine(dialogId) : tellWaiting(kind, dialogId)).catch(() => undefined);
  });
}
