"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { RadioGroup } from "@/components/ui/radio-group";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TextField } from "@/components/ui/text-field";
import { useErrorText } from "@/components/use-error-text";
import { assistantLimits } from "@/modules/assistants/limits";
import { trpc } from "@/trpc/client";

type NewAssistantDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; baseHref: string };

const BLANK = "blank";

/** A name and a start: one of the eight templates, or a blank page. */
export function NewAssistantDialog({ open, onOpenChange, baseHref }: NewAssistantDialogProps) {
  const t = useTranslations("assistants.create");
  const common = useTranslations("common.action");
  const states = useTranslations("common.state");
  const locale = useLocale();
  const router = useRouter();
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [name, setName] = useState("");
  const [isNameMissing, setIsNameMissing] = useState(false);
  const [start, setStart] = useState<string>("support");
  const templates = trpc.assistants.templates.useQuery(undefined, { enabled: open, staleTime: Infinity });
  const own = inLanguage(templates.data?.items ?? [], locale);
  const create = trpc.assistants.create.useMutation({
    onSuccess: async ({ id }) => {
      await utils.assistants.list.invalidate();
      router.push(`${baseHref}/${id}/behaviour`);
    },
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsNameMissing(name.trim() === "");
    if (name.trim() === "" || create.isPending) return;
    if (start === BLANK) return create.mutate({ name, instructions: "" });
    // Whoever is quicker than the templates gets the chosen one all the same.
    const items = templates.data?.items ?? (await templates.refetch()).data?.items;
    const chosen = items && inLanguage(items, locale).find(({ code }) => code === start);
    if (chosen) create.mutate({ name, instructions: chosen.body });
  };
  const failure = create.error ?? templates.error;
  return (
    <Dialog open={open} onOpenChange={(next) => !create.isPending && onOpenChange(next)}>
      <DialogContent
        size="lg"
        title={t("title")}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={create.isPending}>{common("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form="new-assistant" variant="solid" busy={create.isPending || create.isSuccess}>
              {t("submit")}
            </Button>
          </>
        }
      >
        <form id="new-assistant" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-6">
          <TextField
            label={t("name")}
            placeholder={t("namePlaceholder")}
            value={name}
            maxLength={assistantLimits.nameChars}
            error={isNameMissing ? t("nameMissing") : undefined}
            onChange={({ target }) => {
              setName(target.value);
              setIsNameMissing(false);
            }}
            autoFocus
          />
          {templates.isPending ? (
            <SkeletonRows rows={5} label={states("loading")} />
          ) : (
            <RadioGroup
              label={t("start")}
              look="cards"
              value={start}
              onChange={setStart}
              options={[
                ...own.map(({ code, title, summary }) => ({ value: code as string, label: title, help: summary })),
                { value: BLANK, label: t("blank"), help: t("blankHint") },
              ]}
            />
          )}
          {failure && (
            <p role="alert" className="rounded-md bg-danger-tint px-3 py-2 text-danger-text">
              {errorText(failure)}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

const inLanguage = <Template extends { language: string }>(items: readonly Template[], language: string) =>
  items.filter((item) => item.language === language);
