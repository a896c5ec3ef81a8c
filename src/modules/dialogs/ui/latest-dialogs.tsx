import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { previewOf } from "@/lib/text";
import type { DialogItem } from "@/modules/dialogs/contract";
import { useDialogWords } from "./use-dialog-words";

/** The last words of some dialogs, each a way into it. */
export function LatestDialogs({ dialogs, base }: { dialogs: readonly DialogItem[]; base: string }) {
  const { nameOf } = useDialogWords();
  return (
    <ul className="-my-3 divide-y">
      {dialogs.map((dialog) => (
        <li key={dialog.id} className="flex items-baseline gap-3 py-3">
          <div className="min-w-0 flex-1">
            <TextLink href={`${base}/dialogs/${dialog.id}`} className="font-medium">
              {nameOf(dialog)}
            </TextLink>
            <p className="truncate text-text-2">{previewOf(dialog.lastMessage)}</p>
          </div>
          {dialog.lastMessageAt && <TimeAgo at={dialog.lastMessageAt} className="shrink-0 text-sm text-muted" />}
        </li>
      ))}
    </ul>
  );
}
