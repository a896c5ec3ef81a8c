"use client";

import { useTranslations } from "next-intl";
import { SegmentBar } from "@/components/ui/progress";
import type { DocumentItem } from "../contract";
import { STAGES, stageOf } from "../rules";

/** Six segments and a sentence: what is being done to the document, and how far. */
export function DocumentProgress({ document }: { document: DocumentItem }) {
  const t = useTranslations("knowledge");
  const { stage, index, share } = stageOf(document);
  const { done, total } = document.stage;
  const hasCount =
    done !== undefined && total !== undefined && total > 0 && (stage === "reading" || stage === "indexing");
  const sentence = hasCount ? t(`stage.${stage}Count`, { done, total }) : t(`stage.${stage}`);
  return (
    <div className="flex flex-col gap-1.5">
      <SegmentBar
        label={t("stage.label", { name: document.name })}
        stages={STAGES.map((name) => t(`stage.${name}`))}
        current={index}
        stageShare={share}
      />
      <p className="truncate text-xs text-text-2 tabular-nums">{sentence}</p>
    </div>
  );
}
