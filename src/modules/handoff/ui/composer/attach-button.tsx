"use client";

import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { REPLY_FILE_ACCEPT } from "@/modules/handoff/files/limits";

/** Opens the file picker; its name says what the channel takes. */
export function AttachButton({ onPick }: { onPick: (files: readonly File[]) => void }) {
  const t = useTranslations("composer.files");
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={REPLY_FILE_ACCEPT}
        onChange={({ target }) => {
          onPick([...(target.files ?? [])]);
          target.value = "";
        }}
      />
      <IconButton label={t("attach")} onClick={() => picker.current?.click()}>
        <Paperclip aria-hidden />
      </IconButton>
    </>
  );
}
