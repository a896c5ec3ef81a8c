import { getTranslations } from "next-intl/server";
import { Appearance } from "@/modules/users/ui/appearance";

export async function generateMetadata() {
  return { title: (await getTranslations("users"))("appearance.title") };
}

export default function AppearancePage() {
  return <Appearance />;
}
