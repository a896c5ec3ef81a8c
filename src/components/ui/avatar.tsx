import { cva, type VariantProps } from "class-variance-authority";
import { Bot } from "lucide-react";
import { cn } from "../cn";

const avatarStyle = cva("inline-grid shrink-0 place-items-center overflow-hidden font-medium select-none", {
  variants: {
    kind: {
      person: "rounded-full bg-accent-tint text-accent-text",
      visitor: "rounded-full bg-visitor text-text-2",
      assistant: "rounded-md bg-ai-tint text-ai-text",
      workspace: "rounded-md bg-accent text-on-solid",
    },
    size: { sm: "size-5 text-xs", md: "size-7 text-xs", lg: "size-10 text-base" },
  },
  defaultVariants: { kind: "person", size: "md" },
});

type AvatarProps = VariantProps<typeof avatarStyle> & { name: string; className?: string };

/**
 * The first letter of a name; assistants get their mark. The name itself stands beside it, so this is decoration, and the
 * letter is drawn by the style sheet: no part of the text that a person would read out to a button.
 */
export function Avatar({ name, kind, size, className }: AvatarProps) {
  const [first = "?"] = name.trim();
  return (
    <span
      aria-hidden
      data-letter={kind === "assistant" ? undefined : first.toUpperCase()}
      className={cn(avatarStyle({ kind, size }), "data-letter:before:content-[attr(data-letter)]", className)}
    >
      {kind === "assistant" && <Bot className="size-3/5" strokeWidth={1.75} />}
    </span>
  );
}
