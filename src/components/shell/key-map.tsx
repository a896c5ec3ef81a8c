"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { useOfferedCommands } from "./commands";
import { placeCode, type NavItem } from "./navigation";

type KeyMapProps = { open: boolean; onOpenChange: (open: boolean) => void; items: readonly NavItem[] };

/** Every shortcut that works here and now. */
export function KeyMap({ open, onOpenChange, items }: KeyMapProps) {
  const t = useTranslations("shell");
  const here = useOfferedCommands().flatMap(({ label, keys }) => (keys ? [{ name: label, keys }] : []));
  const rows = [
    ...here,
    { name: t("keys.palette"), keys: ["mod", "K"] },
    { name: t("keys.sidebar"), keys: ["["] },
    { name: t("keys.map"), keys: ["?"] },
    ...items.flatMap(({ key }) => {
      const code = placeCode(key);
      return code ? [{ name: t("keys.goTo", { place: t(`nav.${key}`) }), keys: ["G", code.slice(-1)] }] : [];
    }),
  ];
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t("keys.title")} description={t("keys.hint")}>
        <dl className="gap-8 sm:columns-2">
          {rows.map(({ name, keys }) => (
            <div key={name} className="flex break-inside-avoid items-center justify-between gap-4 border-b py-2">
              <dt className="text-text-2">{name}</dt>
              <dd>
                <Kbd keys={keys} />
              </dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
