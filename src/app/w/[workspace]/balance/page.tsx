import { getTranslations } from "next-intl/server";
import { Page } from "@/components/shell/page";
import { PermissionState } from "@/components/ui/permission-state";
import { ClientMessages } from "@/i18n/client-messages";
import { maySeeMoney } from "@/modules/balance/policy";
import { BalancePage } from "@/modules/balance/ui/balance-page";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../workspace";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("balance"))("title") };
}

export default async function BalanceRoute({ params }: Props) {
  const { workspace } = await params;
  const { current } = await requireWorkspace(workspace);
  if (!maySeeMoney(current.role)) {
    const t = await getTranslations("balance");
    return (
      <Page title={t("title")}>
        <PermissionState needs="manager" homeHref={`/w/${current.slug}`} />
      </Page>
    );
  }
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  await Promise.all([trpc.balance.get.prefetch(), trpc.balance.usage.prefetch(), trpc.balance.prices.prefetch()]);
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "balance"]}>
      <HydrateClient>
        <BalancePage base={`/w/${current.slug}`} />
      </HydrateClient>
    </ClientMessages>
  );
}
