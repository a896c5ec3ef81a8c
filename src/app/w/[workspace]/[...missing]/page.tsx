import { notFound } from "next/navigation";

/** Addresses of a workspace that lead nowhere. */
export default function MissingPage() {
  notFound();
}
