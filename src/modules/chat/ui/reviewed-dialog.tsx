"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { onDemand } from "@/components/on-demand";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useWasOnce } from "@/components/ui/use-was-once";
import { ChargeNote } from "@/modules/balance/ui/charge-note";
import type { DialogDetail, MessageItem } from "@/modules/dialogs/contract";
import { DialogPage } from "@/modules/dialogs/ui/dialog-page";
import { HandoffBanner } from "@/modules/handoff/ui/handoff-banner";
import { CitedMarkdown } from "./bubbles";
import { SourceList } from "./sources";

// The server draws it, and its script follows.
const TeamNotes = lazy(async () => ({ default: (await import("@/modules/handoff/ui/team-notes")).TeamNotes }));
const WhySheet = onDemand(async () => ({ default: (await import("./why-sheet")).WhySheet }));

const Composer = onDemand(async () => ({
  default: (await import("@/modules/handoff/ui/composer/composer")).Composer,
}));

const team = {
  banner: (dialog: DialogDetail) => <HandoffBanner dialog={dialog} />,
  composer: (dialog: DialogDetail) => (
    <div className="sticky bottom-0 mt-4 pb-[env(safe-area-inset-bottom)]">
      <Composer dialogId={dialog.id} />
    </div>
  ),
  notes: (dialog: DialogDetail) => (
    <Suspense>
      <TeamNotes dialog={dialog} />
    </Suspense>
  ),
};

/** A dialog whose answers show their sources and their reasons. */
export function ReviewedDialog({ dialogId, listHref }: { dialogId: string; listHref: string }) {
  const [explained, setExplained] = useState<string | null>(null);
  const hasExplained = useWasOnce(explained !== null);
  return (
    <>
      <DialogPage
        dialogId={dialogId}
        listHref={listHref}
        renderAnswer={(message) => <StoredAnswer message={message} onWhy={() => setExplained(message.id)} />}
        renderTeam={team}
      />
      {hasExplained && <WhySheet messageId={explained} onClose={() => setExplained(null)} />}
    </>
  );
}

function StoredAnswer({ message, onWhy }: { message: MessageItem; onWhy: () => void }) {
  const t = useTranslations("chat.message");
  return (
    <div className="flex max-w-[92%] flex-col items-end gap-1.5">
      <div className="max-w-full rounded-xl rounded-tr-sm bg-ai-tint px-4 py-2.5 text-md">
        <CitedMarkdown text={message.text} sources={message.citations} />
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-2">
        {message.isDemoModel && <Badge tone="ai">{t("demoModel")}</Badge>}
        <SourceList sources={message.citations} />
        <ChargeNote messageId={message.id} chargeMicros={message.chargeMicros} />
        <Button size="sm" variant="ghost" icon={<CircleHelp aria-hidden />} onClick={onWhy}>
          {t("why")}
        </Button>
      </footer>
    </div>
  );
}
