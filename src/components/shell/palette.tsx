"use client";

import { Command } from "cmdk";
import { ArrowLeftRight, Keyboard, LogOut, PanelLeft, Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import en from "@/i18n/messages/en/shell.json";
import ru from "@/i18n/messages/ru/shell.json";
import { matchesInAnyLayout } from "@/lib/keyboard-layout";
import { cn } from "../cn";
import { scrimStyle } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { useFocusReturn } from "../ui/use-focus-return";
import type { AppShellProps } from "./app-shell";
import { useOfferedCommands } from "./commands";
import { PLACE_ICON, placeCode } from "./navigation";
import { useShell } from "./shell-context";

type PaletteProps = Pick<AppShellProps, "items" | "workspaces" | "current" | "onSignOut"> & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

const filter = (value: string, search: string, keywords: string[] = []) =>
  matchesInAnyLayout(search, [value, ...keywords]) ? 1 : 0;

/** Places, actions and workspaces; finds both languages and the wrong layout. */
export function Palette({ open, onOpenChange, items, workspaces, current, onSignOut }: PaletteProps) {
  const t = useTranslations("shell");
  const common = useTranslations("common.action");
  const router = useRouter();
  const shell = useShell();
  const { marker, onCloseAutoFocus } = useFocusReturn();
  const commands = useOfferedCommands().filter(({ isKeyOnly }) => !isKeyOnly);
  const run = (action: (() => void) | undefined) => () => {
    onOpenChange(false);
    action?.();
  };
  const go = (href: string) => run(() => router.push(href));
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={scrimStyle} />
        <Primitive.Content
          onCloseAutoFocus={onCloseAutoFocus}
          aria-describedby={undefined}
          className="fixed inset-x-0 top-0 z-40 mx-auto flex h-dvh flex-col bg-raised shadow-dialog outline-none data-[state=open]:animate-dialog-in sm:top-[12vh] sm:h-auto sm:max-h-[70vh] sm:w-160 sm:rounded-xl sm:border"
        >
          {marker}
          <Primitive.Title className="sr-only">{t("palette.open")}</Primitive.Title>
          <Command loop filter={filter} label={t("palette.open")} className="flex min-h-0 flex-1 flex-col">
            <div className="flex h-12 shrink-0 items-center gap-2.5 border-b pl-4">
              <Search aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
              <Command.Input
                placeholder={t("palette.placeholder")}
                className="h-full min-w-0 flex-1 bg-transparent text-md outline-none"
              />
              <Primitive.Close
                aria-label={common("close")}
                className="grid h-full min-w-12 place-items-center px-2 focus-inset"
              >
                <Kbd keys={["Esc"]} className="coarse:hidden" />
                <X aria-hidden className="hidden size-4 text-muted coarse:block" strokeWidth={1.75} />
              </Primitive.Close>
            </div>
            <Command.List className="min-h-0 flex-1 overflow-y-auto p-2">
              <Command.Empty className="p-6 text-center text-muted">{t("palette.empty")}</Command.Empty>
              {commands.length > 0 && (
                <Group heading={t("palette.here")}>
                  {commands.map(({ id, label, icon, keys, run: act }) => (
                    <Row key={id} id={id} words={[label]} icon={icon} keys={keys} onSelect={run(act)}>
                      {label}
                    </Row>
                  ))}
                </Group>
              )}
              <Group heading={t("palette.places")}>
                {items.map(({ key, href }) => {
                  const Icon = PLACE_ICON[key];
                  const code = placeCode(key);
                  return (
                    <Row
                      key={key}
                      id={key}
                      words={[en.nav[key], ru.nav[key]]}
                      icon={<Icon aria-hidden />}
                      keys={code ? ["G", code.slice(-1)] : undefined}
                      onSelect={go(href)}
                    >
                      {t(`nav.${key}`)}
                    </Row>
                  );
                })}
                {items.flatMap(({ key, items: children = [] }) => {
                  const Icon = PLACE_ICON[key];
                  return children.map(({ href, label }) => (
                    <Row key={href} id={href} words={[label]} icon={<Icon aria-hidden />} onSelect={go(href)}>
                      {label}
                    </Row>
                  ));
                })}
              </Group>
              <Group heading={t("palette.actions")}>
                <Row
                  id="sidebar"
                  words={[en.sidebar.collapse, ru.sidebar.collapse]}
                  icon={<PanelLeft aria-hidden />}
                  keys={["["]}
                  onSelect={run(shell?.toggleSidebar)}
                >
                  {t(shell?.isCollapsed ? "sidebar.expand" : "sidebar.collapse")}
                </Row>
                <Row
                  id="keys"
                  words={[en.keys.title, ru.keys.title]}
                  icon={<Keyboard aria-hidden />}
                  keys={["?"]}
                  onSelect={run(shell?.openKeyMap)}
                >
                  {t("keys.title")}
                </Row>
                <Row
                  id="sign-out"
                  words={[en.account.signOut, ru.account.signOut]}
                  icon={<LogOut aria-hidden />}
                  onSelect={run(onSignOut)}
                >
                  {t("account.signOut")}
                </Row>
              </Group>
              {workspaces.length > 1 && (
                <Group heading={t("palette.workspaces")}>
                  {workspaces
                    .filter(({ id }) => id !== current.id)
                    .map(({ id, slug, name }) => (
                      <Row
                        key={id}
                        id={id}
                        words={[name]}
                        icon={<ArrowLeftRight aria-hidden />}
                        onSelect={go(`/w/${slug}`)}
                      >
                        {name}
                      </Row>
                    ))}
                </Group>
              )}
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

type RowProps = {
  id: string;
  words: string[];
  icon: ReactNode;
  keys?: readonly string[];
  onSelect: () => void;
  children: ReactNode;
};

function Row({ id, words, icon, keys, onSelect, children }: RowProps) {
  return (
    <Command.Item
      value={id}
      keywords={words}
      onSelect={onSelect}
      className={cn(
        "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 touch-target data-[selected=true]:bg-hover",
        "[&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[1.75] [&>svg]:text-muted",
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys && <Kbd keys={keys} className="coarse:hidden" />}
    </Command.Item>
  );
}
