import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { DialogList } from "@/modules/dialogs/ui/dialog-list";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../workspace";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("dialogs"))("list.title") };
}

export default async function DialogsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { current } = await requireWorkspace(workspace);
  const base = `/w/${current.slug}`;
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  // A filtered list is asked for by the browser, which knows how to read the filter.
  if (Object.keys(await searchParams).length === 0) await trpc.dialogs.list.prefetchInfinite({});
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "dialogs"]}>
      <HydrateClient>
        <DialogList
          baseHref={`${base}/dialogs`}
          assistantsHref={`${base}/assistants`}
          mayExport={current.role !== "operator"}
        />
      </HydrateClient>
    </ClientMessages>
  );
}
