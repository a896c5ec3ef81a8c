import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { NumbersPage } from "@/modules/handoff/ui/numbers/numbers-page";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../../workspace";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("numbers"))("title") };
}

export default async function OperatorNumbersPage({ params }: Props) {
  const { workspace } = await params;
  const { current } = await requireWorkspace(workspace);
  const seesTeam = current.role !== "operator";
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  const thisMonth = { period: "month" } as const;
  await Promise.all([
    trpc.numbers.own.prefetch(thisMonth),
    seesTeam ? trpc.numbers.team.prefetch(thisMonth) : undefined,
  ]);
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "dialogs", "numbers"]}>
      <HydrateClient>
        <NumbersPage inboxHref={`/w/${current.slug}/inbox`} seesTeam={seesTeam} />
      </HydrateClient>
    </ClientMessages>
  );
}
