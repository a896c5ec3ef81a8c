import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { DialogList } from "@/modules/dialogs/ui/dialog-list";
import { requireWorkspace } from "../workspace";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("dialogs"))("list.title") };
}

export default async function DialogsPage({ params }: Props) {
  const { workspace } = await params;
  const { current } = await requireWorkspace(workspace);
  const base = `/w/${current.slug}`;
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "dialogs"]}>
      <DialogList baseHref={`${base}/dialogs`} assistantsHref={`${base}/assistants`} />
    </ClientMessages>
  );
}
