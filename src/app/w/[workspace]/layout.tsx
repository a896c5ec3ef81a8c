import { cookies } from "next/headers";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import type { NavItem, WorkspaceRole } from "@/components/shell/navigation";
import { ClientMessages } from "@/i18n/client-messages";
import { maySeeMoney } from "@/modules/balance/policy";
import { pusherAddress } from "@/modules/realtime/server/pusher/service";
import { env } from "@/server/env";
import { requireWorkspace } from "./workspace";
import { WorkspaceFrame } from "./workspace-frame";

type Props = { params: Promise<{ workspace: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { current } = await requireWorkspace((await params).workspace);
  return { title: { default: current.name, template: `%s · ${current.name}` }, robots: { index: false } };
}

export default async function WorkspaceLayout({ params, children }: Props) {
  const { me, current, caller } = await requireWorkspace((await params).workspace);
  // Asked beside the page's own questions, so that what changes until the browser listens is caught up with.
  const { seq } = await caller.realtime.missed({});
  const isCollapsed = (await cookies()).get("sidebar")?.value === "collapsed";
  return (
    <ClientMessages namespaces={["alerts", "common", "errors", "presence", "shell"]}>
      <WorkspaceFrame
        userId={me.id}
        user={{ name: me.name || me.email, email: me.email }}
        workspaces={me.workspaces}
        current={current}
        items={placesOf(current.slug, current.role, me.role === "admin")}
        currency={env().CURRENCY}
        balanceHref={maySeeMoney(current.role) ? `/w/${current.slug}/balance` : null}
        isCollapsedAtFirst={isCollapsed}
        createWorkspaceHref="/w?create=1"
        live={{ startSeq: seq, pusher: pusherAddress() }}
      >
        {children}
      </WorkspaceFrame>
    </ClientMessages>
  );
}

function placesOf(slug: string, role: WorkspaceRole, isStaff: boolean): NavItem[] {
  const base = `/w/${slug}`;
  const places: NavItem[] = [
    { key: "overview", href: base },
    { key: "inbox", href: `${base}/inbox` },
    { key: "dialogs", href: `${base}/dialogs` },
    { key: "assistants", href: `${base}/assistants` },
  ];
  if (maySeeMoney(role)) places.push({ key: "balance", href: `${base}/balance` });
  if (role !== "operator") places.push({ key: "team", href: `${base}/team` });
  if (role === "owner") places.push({ key: "settings", href: `${base}/settings` });
  if (role === "admin") places.push({ key: "settings", href: `${base}/settings/hours` });
  if (isStaff) places.push({ key: "admin", href: "/admin/mail" });
  return places;
}
