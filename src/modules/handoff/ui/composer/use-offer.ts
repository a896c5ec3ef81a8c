"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import { withoutMarkdown } from "@/lib/text";
import { blanksOf } from "@/modules/handoff/replies/rules";
import { type MessageBoxState, select } from "./use-message-box";
import { useSuggestion } from "./use-suggestion";

/** What is offered above the box, and how it gets into it: at the caret, or in the place of everything, never unasked. */
export function useOffer(box: MessageBoxState, dialogId: string, workspaceId: string) {
  const t = useTranslations("composer.suggestion");
  const suggestion = useSuggestion(dialogId, workspaceId, box.messages, () => void toast.info(t("stale")));
  const { shown } = suggestion;
  // A person's message has no marks of markdown: the channel shows it letter by letter.
  const plain = shown && { ...shown, text: withoutMarkdown(shown.text) };
  const words = plain?.text.trim() ?? "";
  const put = (text: string) => {
    suggestion.stop();
    box.type(text);
    const [blank] = blanksOf(text);
    select(box.field, blank ?? { start: text.length, end: text.length });
  };
  return {
    ...suggestion,
    shown: box.mode === "reply" ? plain : null,
    isReady: box.mode === "reply" && shown?.status === "done" && shown.kind !== "heard" && words !== "",
    insert: () => {
      const at = box.field.current?.selectionEnd ?? box.text.length;
      put(box.text.trim() === "" ? words : `${box.text.slice(0, at)}${words}${box.text.slice(at)}`);
    },
    replace: () => put(words),
    put,
  };
}
