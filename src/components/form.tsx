"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import {
  FormProvider,
  useFormContext,
  useFormState,
  type FieldPath,
  type FieldValues,
  type SubmitHandler,
  type UseFormReturn,
} from "react-hook-form";
import { Button, type ButtonProps } from "./ui/button";

type FormProps<Values extends FieldValues, Parsed> = Omit<ComponentProps<"form">, "onSubmit"> & {
  form: UseFormReturn<Values, unknown, Parsed>;
  onSubmit: SubmitHandler<Parsed>;
};

/** One form of the product: no double submit, no browser bubbles, the first wrong field gets focus. */
export function Form<Values extends FieldValues, Parsed>({
  form,
  onSubmit,
  children,
  ...rest
}: FormProps<Values, Parsed>) {
  const submit = form.handleSubmit(onSubmit);
  return (
    <FormProvider {...form}>
      <form
        // Before the script is there, a browser would put what was typed into the address.
        method="post"
        noValidate
        onSubmit={(event) => {
          if (form.formState.isSubmitting) return event.preventDefault();
          void submit(event);
        }}
        {...rest}
      >
        {children}
      </form>
    </FormProvider>
  );
}

/** Busy while the form is on its way. */
export function SubmitButton({ variant = "solid", busy = false, ...rest }: ButtonProps) {
  const { isSubmitting } = useFormState();
  return <Button type="submit" variant={variant} busy={busy || isSubmitting} {...rest} />;
}

/** What went wrong with the form as a whole. */
export function FormError({ className }: { className?: string }) {
  const { errors } = useFormState();
  const message = errors.root?.message;
  if (!message) return null;
  return (
    <p role="alert" className={`rounded-md bg-danger-tint px-3 py-2 text-danger-text ${className ?? ""}`}>
      {message}
    </p>
  );
}

/** The props of one field: registration and its error. */
export function useField<Values extends FieldValues>(name: FieldPath<Values>) {
  const { register, getFieldState } = useFormContext<Values>();
  const state = useFormState<Values>({ name });
  return { ...register(name), error: getFieldState(name, state).error?.message };
}

type RemoteFailure = { fieldErrors: Record<string, string[]> };

function remoteFailure(error: unknown): RemoteFailure | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("fieldErrors" in data)) return undefined;
  const { fieldErrors } = data;
  if (typeof fieldErrors !== "object" || fieldErrors === null) return undefined;
  const entries = Object.entries(fieldErrors).filter(
    (entry): entry is [string, string[]] => Array.isArray(entry[1]) && entry[1].length > 0,
  );
  return { fieldErrors: Object.fromEntries(entries) };
}

type ServerErrorOptions = {
  /** Turns a message of the server into a sentence of this language. */
  translate?: (message: string, field: string) => string;
  /** The sentence for the whole form when no field is to blame. */
  fallback?: string;
};

/**
 * Puts the server's field errors beside their fields and focuses the first; anything else becomes the form's own error.
 * Returns whether a field was to blame.
 */
export function applyServerErrors<Values extends FieldValues, Parsed>(
  error: unknown,
  form: UseFormReturn<Values, unknown, Parsed>,
  { translate = (message) => message, fallback }: ServerErrorOptions = {},
): boolean {
  const entries = Object.entries(remoteFailure(error)?.fieldErrors ?? {});
  const known = new Set(Object.keys(form.getValues()));
  const own = entries.filter(([field]) => known.has(field.split(".")[0] ?? ""));
  own.forEach(([field, [message = ""]], index) => {
    // The server names fields of the very schema this form was made from; `known` has just checked it.
    form.setError(
      field as FieldPath<Values>,
      { type: "server", message: translate(message, field) },
      { shouldFocus: index === 0 },
    );
  });
  if (own.length === 0) {
    const stray = entries[0]?.[1][0];
    const message = fallback ?? stray ?? (error instanceof Error ? error.message : String(error));
    form.setError("root", { type: "server", message });
  }
  return own.length > 0;
}

/** The sentence for failures that nobody foresaw. */
export function useGeneralFailure(): string {
  return useTranslations("common.field")("serverError");
}
