import { getTranslations } from "next-intl/server";
import { Notifications } from "@/modules/users/ui/notifications";

export async function generateMetadata() {
  return { title: (await getTranslations("users"))("notifications.title") };
}

export default function NotificationsPage() {
  return <Notifications />;
}
