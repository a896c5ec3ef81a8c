"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { AppShell, type AppShellProps } from "@/components/shell/app-shell";
import { signOut } from "@/modules/auth/ui/auth-client";
import { SessionKeeper } from "@/modules/auth/ui/session-keeper";
import { WorkspaceEvents } from "@/modules/realtime/ui/workspace-events";
import { TrpcProvider } from "@/trpc/client";

type WorkspaceFrameProps = Omit<AppShellProps, "onSignOut" | "strip"> & { children: ReactNode };

/** Everything around the pages of one workspace: its cache, its live events, its menu. */
export function WorkspaceFrame({ children, ...shell }: WorkspaceFrameProps) {
  return (
    <TrpcProvider key={shell.current.id} workspaceId={shell.current.id}>
      <SessionKeeper />
      <AppShell {...shell} onSignOut={() => void signOut()}>
        <WorkspaceEvents>
          <NuqsAdapter>{children}</NuqsAdapter>
        </WorkspaceEvents>
      </AppShell>
    </TrpcProvider>
  );
}
