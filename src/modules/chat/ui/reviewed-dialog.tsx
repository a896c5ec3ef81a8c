"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { MessageItem } from "@/modules/dialogs/contract";
import { DialogPage } from "@/modules/dialogs/ui/dialog-page";
import { CitedMarkdown } from "./bubbles";
import { SourceList } from "./sources";
import { WhySheet } from "./why-sheet";

/** A dialog whose answers show their sources and their reasons. */
export function ReviewedDialog({ dialogId, listHref }: { dialogId: string; listHref: string }) {
  const [explained, setExplained] = useState<string | null>(null);
  return (
    <>
      <DialogPage
        dialogId={dialogId}
        listHref={listHref}
        renderAnswer={(message) => <StoredAnswer message={message} onWhy={() => setExplained(message.id)} />}
      />
      <WhySheet messageId={explained} onClose={() => setExplained(null)} />
    </>
  );
}

function StoredAnswer({ message, onWhy }: { message: MessageItem; onWhy: () => void }) {
  const t = useTranslations("chat.message");
  return (
    <div className="flex max-w-[92%] flex-col items-end gap-1.5">
      <div className="rounded-xl rounded-tr-sm bg-ai-tint px-4 py-2.5 text-md">
        <CitedMarkdown text={message.text} sources={message.citations} />
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-2">
        {message.isDemoModel && <Badge tone="ai">{t("demoModel")}</Badge>}
        <SourceList sources={message.citations} />
        <Button size="sm" variant="ghost" icon={<CircleHelp aria-hidden />} onClick={onWhy}>
          {t("why")}
        </Button>
      </footer>
    </div>
  );
}
