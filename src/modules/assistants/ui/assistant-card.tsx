import { Library, MessagesSquare, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge, StatusPill } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { RowLink } from "@/components/ui/row-link";
import type { AssistantCard as AssistantCardData } from "@/modules/assistants/contract";

type AssistantCardProps = { assistant: AssistantCardData; href: string };

/** One assistant at a glance: state, knowledge, channels, the week's dialogs and what is wrong. */
export function AssistantCard({ assistant, href }: AssistantCardProps) {
  const t = useTranslations("assistants.list");
  const { name, isActive, documentCount, failedDocumentCount, recentDialogCount, bots } = assistant;
  return (
    <Card className="relative flex flex-col gap-4 transition-colors hover:bg-hover">
      <div className="flex items-center gap-3">
        <Avatar name={name} kind="assistant" size="lg" />
        <div className="min-w-0 flex-1">
          <RowLink href={href} className="block truncate text-md">
            {name}
          </RowLink>
          <div className="mt-1 flex flex-wrap gap-1.5">
            <StatusPill tone={isActive ? "success" : "neutral"}>{t(isActive ? "on" : "off")}</StatusPill>
            {failedDocumentCount > 0 && (
              <Badge tone="danger">{t("failedDocuments", { count: failedDocumentCount })}</Badge>
            )}
          </div>
        </div>
      </div>
      <ul className="grid gap-1.5 text-sm text-text-2">
        <Fact icon={<Library />}>
          {documentCount === 0 ? t("noDocuments") : t("documents", { count: documentCount })}
        </Fact>
        <Fact icon={<Send />}>
          {bots.length === 0 ? t("noChannels") : bots.map(({ username }) => `@${username}`).join(", ")}
        </Fact>
        <Fact icon={<MessagesSquare />}>
          {recentDialogCount === 0 ? t("noDialogs") : t("dialogs", { count: recentDialogCount })}
        </Fact>
      </ul>
    </Card>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex min-w-0 items-center gap-2 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[1.75] [&>svg]:text-muted">
      {icon}
      <span className="truncate">{children}</span>
    </li>
  );
}
