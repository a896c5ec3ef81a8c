import { Code, Globe, MonitorPlay, Send } from "lucide-react";
import { cn } from "@/components/cn";
import type { Channel } from "@/db/enums";

const looks = {
  telegram: { Icon: Send, className: "text-ch-telegram" },
  widget: { Icon: Globe, className: "text-ch-web" },
  api: { Icon: Code, className: "text-muted" },
  preview: { Icon: MonitorPlay, className: "text-muted" },
} as const;

/** The channel's sign at the corner of an avatar; its name stands in the row's own words. */
export function ChannelMark({ channel, className }: { channel: Channel; className?: string }) {
  const { Icon, className: look } = looks[channel];
  return (
    <span aria-hidden className={cn("grid size-4 place-items-center rounded-full border bg-raised", look, className)}>
      <Icon className="size-2.5" strokeWidth={2} />
    </span>
  );
}
