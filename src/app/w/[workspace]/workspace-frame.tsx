"use client";

import type { ReactNode } from "react";
import type { AppShellProps } from "@/components/shell/app-shell";
import { onDemand } from "@/components/on-demand";
import { MoneyProvider } from "@/components/money";
import { signOut } from "@/modules/auth/ui/session-door";
import { SessionKeeper } from "@/modules/auth/ui/session-keeper";
import { BalanceBadge, BalanceStrip } from "@/modules/balance/ui/balance-badge";
import { PresenceMenu } from "@/modules/handoff/ui/presence/presence-menu";
import { WaitingShell } from "@/modules/handoff/ui/waiting-shell";
import type { WorkspaceEventsProps } from "@/modules/realtime/ui/workspace-events";
import { TrpcProvider } from "@/trpc/client";

// What happens until it listens is caught up with.
const WorkspaceEvents = onDemand(async () => ({
  default: (await import("@/modules/realtime/ui/workspace-events")).WorkspaceEvents,
}));
const Alerts = onDemand(() => import("@/modules/handoff/ui/alerts/alerts"));

type WorkspaceFrameProps = Omit<AppShellProps, "onSignOut" | "strip" | "renderBadge"> & {
  userId: string;
  currency: string;
  /** Null for people who may not see money. */
  balanceHref: string | null;
  live: WorkspaceEventsProps;
  children: ReactNode;
};

/** Everything around the pages of one workspace: its cache, its live events, its menu. */
export function WorkspaceFrame({ userId, currency, balanceHref, live, children, ...shell }: WorkspaceFrameProps) {
  return (
    <TrpcProvider key={shell.current.id} workspaceId={shell.current.id} userId={userId}>
      <SessionKeeper />
      <MoneyProvider currency={currency} balanceHref={balanceHref}>
        <WaitingShell
          {...shell}
          renderBadge={(place) => (
            <>
              {balanceHref !== null && <BalanceBadge {...place} />}
              <PresenceMenu {...place} />
            </>
          )}
          strip={balanceHref !== null && <BalanceStrip />}
          onSignOut={() => void signOut()}
        >
          <WorkspaceEvents {...live} />
          <Alerts inboxHref={`/w/${shell.current.slug}/inbox`} />
          {children}
        </WaitingShell>
      </MoneyProvider>
    </TrpcProvider>
  );
}
