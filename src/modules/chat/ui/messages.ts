import type { ChatMessage, SourceDetail } from "@/modules/chat/contract";
import type { MessageItem } from "@/modules/dialogs/contract";

export type Source = SourceDetail & { title: string };

/** A stored dialog as the chat shows it: notices and people of the team have no place in a playground. */
export function toChatMessages(items: readonly MessageItem[], dialogId: string): ChatMessage[] {
  return items.flatMap((item): ChatMessage[] => {
    if (item.author === "visitor")
      return [{ id: item.clientId, role: "user", parts: [{ type: "text", text: item.text }] }];
    if (item.author !== "assistant") return [];
    const sources = item.citations.map(({ chunkId, title, ...rest }) => ({
      type: "source-document" as const,
      sourceId: chunkId,
      mediaType: "text/plain",
      title,
      providerMetadata: { chatai: { ...rest, chunkId } },
    }));
    const { isDemoModel, chargeMicros, ownThumb } = item;
    const metadata = { dialogId, visitorMessageId: item.replyToId ?? "", isDemoModel, chargeMicros, ownThumb };
    return [
      {
        id: item.id,
        role: "assistant",
        metadata,
        parts: [{ type: "text", text: item.text, state: "done" }, ...sources],
      },
    ];
  });
}

/** The words of a message. */
export function textOf({ parts }: ChatMessage): string {
  return parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** What a message cites, by number. */
export function sourcesOf({ parts }: ChatMessage): Source[] {
  const sources = parts.flatMap((part): Source[] => {
    if (part.type !== "source-document") return [];
    const detail = part.providerMetadata?.chatai;
    if (!detail || typeof detail.n !== "number") return [];
    const text = (value: unknown) => (typeof value === "string" ? value : null);
    return [
      {
        n: detail.n,
        title: part.title,
        quote: text(detail.quote) ?? "",
        chunkId: part.sourceId,
        documentId: text(detail.documentId),
        qaId: text(detail.qaId),
      },
    ];
  });
  return sources.sort((one, other) => one.n - other.n);
}
