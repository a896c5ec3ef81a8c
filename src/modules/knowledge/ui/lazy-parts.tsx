"use client";

import { onDemand } from "@/components/on-demand";

// Forms and their validation come when somebody opens one.
export const AddTextDialog = onDemand(async () => ({ default: (await import("./add-text-dialog")).AddTextDialog }));
export const QaDialog = onDemand(async () => ({ default: (await import("./qa-dialog")).QaDialog }));
export const DocumentSheet = onDemand(async () => ({ default: (await import("./document-sheet")).DocumentSheet }));
export const UploadRow = onDemand(async () => ({ default: (await import("./upload-row")).UploadRow }));
export const RemoveDocumentDialog = onDemand(async () => ({
  default: (await import("./remove-document-dialog")).RemoveDocumentDialog,
}));
