"use client";

import { Play } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { Page } from "@/components/shell/page";
import { LinkButton } from "@/components/ui/link-button";
import { NavTabs } from "@/components/ui/nav-tabs";
import { LazyPlayground } from "@/modules/chat/ui/lazy-playground";
import { trpc } from "@/trpc/client";

type EditorFrameProps = {
  assistantId: string;
  listHref: string;
  mayTry: boolean;
  /** Where the playground will be. */
  standIn: ReactNode;
  children: ReactNode;
};

const TABS = ["behaviour", "knowledge", "playground", "channels"] as const;

/** Title, tabs and, where there is room, the playground beside what is edited. */
export function EditorFrame({ assistantId, listHref, mayTry, standIn, children }: EditorFrameProps) {
  const t = useTranslations("assistants");
  const pathname = usePathname();
  const { data: assistant } = trpc.assistants.get.useQuery({ id: assistantId });
  const home = `${listHref}/${assistantId}`;
  const isPlayground = pathname === `${home}/playground`;
  const isKnowledge = pathname === `${home}/knowledge`;
  const isBeside = mayTry && (pathname === `${home}/behaviour` || isKnowledge);
  const tabs = TABS.filter((tab) => mayTry || tab !== "playground").map((tab) => ({
    href: `${home}/${tab}`,
    label: t(`tabs.${tab}`),
  }));
  return (
    <Page
      title={assistant?.name ?? ""}
      back={{ href: listHref, label: t("page.back") }}
      tabs={<NavTabs label={t("tabs.label")} tabs={tabs} />}
      action={
        mayTry &&
        !isPlayground && (
          <LinkButton
            // The knowledge tab has a primary button of its own.
            variant={isKnowledge ? "soft" : "solid"}
            icon={<Play aria-hidden />}
            href={`${home}/playground`}
            className={isBeside ? "xl:hidden" : undefined}
          >
            {t("page.test")}
          </LinkButton>
        )
      }
      width="fill"
    >
      {/* The column is there before the playground, so that nothing moves when it comes. */}
      <div className={cn("flex h-full min-h-0", isBeside && "xl:grid xl:grid-cols-[minmax(0,1fr)_27.5rem]")}>
        <div className={isPlayground ? "min-w-0 flex-1" : "relative min-w-0 flex-1 overflow-y-auto p-4 md:p-6"}>
          {children}
        </div>
        {isBeside && assistant && (
          <aside className="min-h-0 border-l bg-surface max-xl:hidden">
            <LazyPlayground assistant={assistant} standIn={standIn} />
          </aside>
        )}
      </div>
    </Page>
  );
}
