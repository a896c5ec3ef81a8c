import { MessagesSquare } from "lucide-react";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/shell/page";
import { SectionCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import { ClientMessages } from "@/i18n/client-messages";
import { maySeeMoney } from "@/modules/balance/policy";
import { WelcomeNotice } from "@/modules/balance/ui/welcome-notice";
import { LatestDialogs } from "@/modules/dialogs/ui/latest-dialogs";
import { mayManageTeam } from "@/modules/workspaces/policy";
import { Attention } from "@/modules/workspaces/ui/attention";
import { FirstSteps, type FirstStep } from "@/modules/workspaces/ui/first-steps";
import { requireWorkspace } from "./workspace";

type Props = { params: Promise<{ workspace: string }> };

const LATEST = 5;

export async function generateMetadata() {
  return { title: (await getTranslations("workspaces"))("overview.title") };
}

export default async function OverviewPage({ params }: Props) {
  const { current, caller } = await requireWorkspace((await params).workspace);
  const base = `/w/${current.slug}`;
  const t = await getTranslations("workspaces.overview");
  const [assistants, bots, dialogs, inbox] = await Promise.all([
    caller.assistants.list({}),
    caller.bots.list({}),
    caller.dialogs.list({ limit: LATEST }),
    caller.inbox.counts(),
  ]);
  const first = assistants.items[0];
  const home = first ? `${base}/assistants/${first.id}` : `${base}/assistants`;
  const steps: FirstStep[] = [
    { key: "assistant", isDone: first !== undefined, href: `${base}/assistants` },
    {
      key: "document",
      isDone: assistants.items.some((item) => item.documentCount > 0),
      href: first ? `${home}/knowledge` : home,
    },
    { key: "dialog", isDone: dialogs.items.length > 0, href: first ? `${home}/playground` : home },
    { key: "channel", isDone: bots.items.length > 0, href: first ? `${home}/channels` : home },
  ];
  const faulty = bots.items
    .filter(({ status }) => status === "error" || status === "invalid_token")
    .map(({ id, username, assistantId }) => ({
      id,
      name: `@${username}`,
      href: `${base}/assistants/${assistantId}/channels`,
    }));
  const isStarting = mayManageTeam(current.role) && steps.some((step) => !step.isDone);
  const welcome = maySeeMoney(current.role) ? await caller.balance.welcome() : null;
  const welcomeCookie = `welcomed-${current.id}`;
  const isWelcomed = (await cookies()).has(welcomeCookie);
  return (
    <Page title={t("title")}>
      <div className="flex flex-col gap-6">
        {welcome && !isWelcomed && <WelcomeNotice {...welcome} cookie={welcomeCookie} />}
        <Attention waiting={inbox.queue} queueHref={`${base}/inbox/queue`} faulty={faulty} />
        {isStarting && <FirstSteps steps={steps} />}
        <SectionCard
          title={t("recent")}
          action={
            dialogs.items.length > 0 && (
              <TextLink href={`${base}/dialogs`} className="flex min-h-6 items-center coarse:-my-3 coarse:min-h-11">
                {t("all")}
              </TextLink>
            )
          }
        >
          {dialogs.items.length === 0 ? (
            <EmptyState icon={<MessagesSquare />} title={t("none")} hint={t("noneHint")} />
          ) : (
            <ClientMessages namespaces={["common", "dialogs"]}>
              <LatestDialogs dialogs={dialogs.items} base={base} />
            </ClientMessages>
          )}
        </SectionCard>
      </div>
    </Page>
  );
}
