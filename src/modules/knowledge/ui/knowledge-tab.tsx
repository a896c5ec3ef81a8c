"use client";

import { FileUp, Plus, TextCursorInput } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { DocumentSection } from "./document-section";
import { DropArea } from "./drop-area";
import { AddTextDialog, QaDialog } from "./lazy-parts";
import { ACCEPTED_ENDINGS } from "./upload-queue";
import { useUploads } from "./use-uploads";

// Under the documents: the server draws it, and its script follows.
const QaSection = lazy(async () => ({ default: (await import("./qa-section")).QaSection }));

type KnowledgeTabProps = {
  assistantId: string;
  /** Where the assistant can be asked; offers "Ask about it" beside what is ready. */
  askHref?: string;
};

/** Everything an assistant knows: documents and Q&A entries. The whole tab takes dropped files. */
export function KnowledgeTab({ assistantId, askHref }: KnowledgeTabProps) {
  const t = useTranslations("knowledge");
  const picker = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState<"text" | "qa" | null>(null);
  const uploads = useUploads(assistantId);
  const pick = () => picker.current?.click();
  const closeOn = (isOpen: boolean) => !isOpen && setOpen(null);
  return (
    <DropArea onFiles={(files) => uploads.queue.add(files)}>
      <div className="flex flex-wrap justify-end gap-2 max-sm:flex-col">
        <Button icon={<Plus aria-hidden />} onClick={() => setOpen("qa")}>
          {t("add.qa")}
        </Button>
        <Button icon={<TextCursorInput aria-hidden />} onClick={() => setOpen("text")}>
          {t("add.text")}
        </Button>
        <Button variant="solid" icon={<FileUp aria-hidden />} onClick={pick} className="max-sm:order-first">
          {t("add.files")}
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept={ACCEPTED_ENDINGS}
          aria-label={t("add.files")}
          onChange={({ target }) => {
            uploads.queue.add([...(target.files ?? [])]);
            target.value = "";
          }}
        />
      </div>
      <DocumentSection assistantId={assistantId} uploads={uploads} askHref={askHref} onPick={pick} />
      <Suspense>
        <QaSection assistantId={assistantId} onAdd={() => setOpen("qa")} />
      </Suspense>
      {open === "text" && <AddTextDialog assistantId={assistantId} open onOpenChange={closeOn} />}
      {open === "qa" && <QaDialog assistantId={assistantId} open onOpenChange={closeOn} />}
    </DropArea>
  );
}
