import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/shell/auth-card";
import { ClientMessages } from "@/i18n/client-messages";
import { CreateWorkspaceForm } from "@/modules/workspaces/ui/create-workspace-form";
import { TrpcProvider } from "@/trpc/client";
import { currentPerson, serverCaller } from "@/trpc/server";

type Props = { searchParams: Promise<{ create?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("workspaces"))("create.title") };
}

/** The way into the product: the first workspace, or the form for one. */
export default async function WorkspacesPage({ searchParams }: Props) {
  if (!(await currentPerson())) redirect("/login");
  const { create } = await searchParams;
  const { workspaces } = await (await serverCaller()).users.me();
  const [first] = workspaces;
  if (first && create === undefined) redirect(`/w/${first.slug}`);
  const t = await getTranslations("workspaces.create");
  return (
    <ClientMessages namespaces={["common", "errors", "workspaces"]}>
      <TrpcProvider>
        <AuthCard title={t("title")} lead={t("lead")}>
          <CreateWorkspaceForm />
        </AuthCard>
      </TrpcProvider>
    </ClientMessages>
  );
}
