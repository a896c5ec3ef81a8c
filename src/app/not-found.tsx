import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Missing } from "./missing";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common.notFound"))("title") };
}

export default function NotFound() {
  return <Missing homeHref="/" />;
}
