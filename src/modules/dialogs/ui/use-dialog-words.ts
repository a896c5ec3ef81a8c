import { useTranslations } from "next-intl";
import type { DialogItem } from "@/modules/dialogs/contract";
import { filterOf } from "@/modules/dialogs/rules";

type Named = Pick<DialogItem, "id" | "channel" | "visitorName">;

/** How dialogs and their states are called. A visitor without a name is told apart by the end of the dialog's id. */
export function useDialogWords() {
  const t = useTranslations("dialogs");
  return {
    nameOf: ({ id, channel, visitorName }: Named) => {
      if (visitorName !== "") return visitorName;
      return channel === "preview" ? t("channel.preview") : t("visitor", { number: id.slice(-4) });
    },
    statusOf: (dialog: Pick<DialogItem, "status" | "handoffStatus">) => t(`status.${filterOf(dialog)}`),
  };
}
