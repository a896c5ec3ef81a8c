"use client";

import type { ComponentProps } from "react";
import { onDemand } from "@/components/on-demand";
import { Behaviour } from "@/modules/assistants/ui/behaviour";

const HandoffTriggers = onDemand(async () => ({ default: (await import("./handoff-triggers")).HandoffTriggers }));

/** The assistant's editor with what passes its dialogs to people. */
export function BehaviourWithTriggers(props: Omit<ComponentProps<typeof Behaviour>, "more">) {
  return <Behaviour {...props} more={(fields) => <HandoffTriggers {...fields} assistantId={props.assistantId} />} />;
}
