import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { currentPerson, serverCaller } from "@/trpc/server";

/**
 * The workspace of an address for the person who asks, read from the database. Without a sign-in it leads to the
 * sign-in page; without membership the page does not exist.
 */
export const requireWorkspace = cache(async (slug: string) => {
  if (!(await currentPerson())) redirect(`/login?next=${encodeURIComponent(`/w/${slug}`)}`);
  const caller = await serverCaller(slug);
  const me = await caller.users.me();
  const current = me.workspaces.find((workspace) => workspace.slug === slug);
  if (!current) notFound();
  return { me, current, caller };
});
