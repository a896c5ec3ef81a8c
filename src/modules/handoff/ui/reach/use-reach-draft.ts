"use client";

import { useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";
import { reasonOf, useErrorText } from "@/components/use-error-text";
import type { HandoffSettings } from "@/modules/handoff/hours/contract";
import { trpc } from "@/trpc/client";

/**
 * One half of the settings while it is edited. What somebody else saved is taken over as long as nothing was changed here;
 * afterwards a save is refused, and loading the new state is the way on.
 */
export function useReachDraft<Draft extends Partial<HandoffSettings>>(
  settings: HandoffSettings,
  pick: (settings: HandoffSettings) => Draft,
) {
  const utils = trpc.useUtils();
  const errorText = useErrorText();
  const [base, setBase] = useState(settings);
  const [draft, setDraft] = useState(() => pick(settings));
  const [failure, setFailure] = useState<"settings-changed" | string | null>(null);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(pick(base));
  if (!isDirty && settings.version > base.version) {
    setBase(settings);
    setDraft(pick(settings));
  }
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty]);
  return {
    draft,
    version: base.version,
    isDirty,
    isOvertaken: failure === "settings-changed",
    failure: failure === "settings-changed" ? null : failure,
    change: (fields: Partial<Draft>) => setDraft((old) => ({ ...old, ...fields })),
    saved: (next: HandoffSettings, text: string) => {
      setFailure(null);
      setBase(next);
      setDraft(pick(next));
      utils.reach.get.setData(undefined, next);
      void utils.reach.now.invalidate();
      toast.success(text);
    },
    failed: (error: unknown) => {
      const reason = reasonOf(error);
      setFailure(reason === "settings-changed" ? reason : errorText(error));
    },
    reload: async () => {
      const next = await utils.reach.get.fetch(undefined, { staleTime: 0 });
      setFailure(null);
      setBase(next);
      setDraft(pick(next));
    },
  };
}
