import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PLAYGROUND_COOKIE } from "@/modules/chat/playground-cookie";
import { requireWorkspace } from "../../workspace";
import { reasonableId, refusesAsMissing } from "../missing";

/** The assistant of the page, once per request; the page of what is missing when there is none. */
export const requireAssistant = cache(async (workspace: string, id: string) => {
  const { caller } = await requireWorkspace(workspace);
  if (!reasonableId(id)) notFound();
  try {
    return await caller.assistants.get({ id });
  } catch (error) {
    if (refusesAsMissing(error)) notFound();
    throw error;
  }
});

/** What a playground says at first; null where this browser remembers a talk that must not be greeted over. */
export async function greetingOf({ greeting }: { greeting: string }): Promise<string | null> {
  return (await cookies()).has(PLAYGROUND_COOKIE) ? null : greeting;
}
