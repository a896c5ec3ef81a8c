import { getTranslations } from "next-intl/server";
import { ProfileForm } from "@/modules/users/ui/profile-form";
import { serverCaller } from "@/trpc/server";

export async function generateMetadata() {
  return { title: (await getTranslations("users"))("profile.title") };
}

export default async function ProfilePage() {
  const me = await (await serverCaller()).users.me();
  return <ProfileForm profile={me} />;
}
