"use client";

import { trpc, useWorkspaceId } from "@/trpc/client";
import { ComposerFrame } from "./composer-frame";
import { MessageBox } from "./message-box";

/** Where the team writes in a dialog: to the visitor, or a note for itself. */
export function Composer({ dialogId }: { dialogId: string }) {
  const workspaceId = useWorkspaceId();
  const dialog = trpc.dialogs.get.useQuery({ id: dialogId });
  const state = trpc.handoff.state.useQuery({ dialogId });
  const me = trpc.users.me.useQuery(undefined, { staleTime: Infinity });
  if (!dialog.data || !state.data || !me.data || !workspaceId) return <ComposerFrame />;
  return (
    <MessageBox
      key={dialogId}
      dialog={dialog.data}
      state={state.data}
      me={{ id: me.data.id, name: me.data.name, locale: me.data.locale }}
      workspace={{ id: workspaceId, name: me.data.workspaces.find(({ id }) => id === workspaceId)?.name ?? "" }}
    />
  );
}
