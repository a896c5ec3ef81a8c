"use client";

import { Crown, LogOut, MoreHorizontal, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Select } from "@/components/ui/select";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast";
import { MEMBER_ROLES, type MemberRole } from "@/db/enums";
import { trpc } from "@/trpc/client";
import type { MemberSummary } from "../contract";
import { mayGrantRole, mayManageMember } from "../policy";
import { MemberDialog, type MemberStep } from "./member-dialog";
import type { Viewer } from "./team";
import { useTeamWords } from "./use-team-words";

const STEP_ICON: Record<MemberStep, ReactNode> = {
  transfer: <Crown aria-hidden />,
  remove: <Trash2 aria-hidden />,
  leave: <LogOut aria-hidden />,
};

export function MemberRow({ member, viewer }: { member: MemberSummary; viewer: Viewer }) {
  const { t } = useTeamWords();
  const [step, setStep] = useState<MemberStep>();
  const isSelf = member.userId === viewer.userId;
  const name = member.name || member.email;
  const steps = stepsFor(member, viewer);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <Avatar name={name} />
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex items-center gap-2 font-medium">
          <span className="truncate">{name}</span>
          {isSelf && <Badge>{t("you")}</Badge>}
        </p>
        <p className="text-sm wrap-anywhere text-muted sm:truncate">
          {member.name && `${member.email} · `}
          {t("active")}: {member.lastActivityAt ? <TimeAgo at={member.lastActivityAt} style="words" /> : t("never")}
        </p>
      </div>
      <RoleOf member={member} viewer={viewer} name={name} />
      {steps.length > 0 ? (
        <Menu
          align="end"
          trigger={
            <IconButton label={t("actions", { name })}>
              <MoreHorizontal aria-hidden />
            </IconButton>
          }
          items={steps.map((next) => ({
            key: next,
            label: t(next),
            icon: STEP_ICON[next],
            danger: next !== "transfer",
            onSelect: () => setStep(next),
          }))}
        />
      ) : (
        <span className="w-8" aria-hidden />
      )}
      <MemberDialog step={step} onClose={() => setStep(undefined)} userId={member.userId} name={name} viewer={viewer} />
    </li>
  );
}

function RoleOf({ member, viewer, name }: { member: MemberSummary; viewer: Viewer; name: string }) {
  const { t, failure } = useTeamWords();
  const role = useTranslations("workspaces.role");
  const utils = trpc.useUtils();
  const setRole = trpc.workspaces.setRole.useMutation({
    onSuccess: () => toast.success(t("roleSaved", { name })),
    onError: (error) => toast.error(failure(error)),
    onSettled: () => utils.workspaces.members.invalidate(),
  });
  const isFixed = member.userId === viewer.userId || !mayManageMember(viewer.role, member.role);
  if (isFixed) return <Badge>{role(member.role)}</Badge>;
  const options = MEMBER_ROLES.filter((option) => mayGrantRole(viewer.role, option) || option === member.role);
  return (
    <Select
      aria-label={t("setRole", { name })}
      className="w-40"
      value={setRole.isPending ? setRole.variables.role : member.role}
      disabled={setRole.isPending}
      onChange={(event) => {
        const chosen = options.find((option): option is MemberRole => option === event.target.value);
        if (chosen) setRole.mutate({ userId: member.userId, role: chosen });
      }}
      options={options.map((option) => ({ value: option, label: role(option) }))}
    />
  );
}

function stepsFor(member: MemberSummary, viewer: Viewer): MemberStep[] {
  if (member.userId === viewer.userId) return ["leave"];
  const steps: MemberStep[] = [];
  if (viewer.role === "owner" && member.role !== "owner") steps.push("transfer");
  if (mayManageMember(viewer.role, member.role)) steps.push("remove");
  return steps;
}
