import { getTranslations } from "next-intl/server";
import { FollowingPasswordForm } from "@/modules/auth/ui/following-password-form";
import { RemoveAccount } from "@/modules/auth/ui/remove-account";
import { SessionList } from "@/modules/auth/ui/session-list";
import { serverCaller } from "@/trpc/server";

export async function generateMetadata() {
  return { title: (await getTranslations("users"))("tabs.security") };
}

export default async function SecurityPage() {
  const { email } = await (await serverCaller()).users.me();
  return (
    <>
      <FollowingPasswordForm email={email} />
      <SessionList />
      <RemoveAccount email={email} />
    </>
  );
}
