import { useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "../cn";

type CheckProps = Omit<ComponentProps<"input">, "type"> & { label?: ReactNode; help?: ReactNode };

/** Without `label` it needs an `aria-label`. */
export function Checkbox({ label, help, className, ...input }: CheckProps) {
  return (
    <LabelledCheck {...{ label, help, className, input: { ...input, type: "checkbox" } }} look="check-box rounded-sm" />
  );
}

/** For settings that apply at once. */
export function Switch({ label, help, className, ...input }: CheckProps) {
  return (
    <LabelledCheck
      {...{ label, help, className, input: { ...input, type: "checkbox", role: "switch" } }}
      look="check-switch"
    />
  );
}

export function Radio({ label, help, className, ...input }: CheckProps) {
  return (
    <LabelledCheck
      {...{ label, help, className, input: { ...input, type: "radio" } }}
      look="check-radio rounded-full"
    />
  );
}

type LabelledCheckProps = {
  label?: ReactNode;
  help?: ReactNode;
  className?: string;
  look: string;
  input: ComponentProps<"input">;
};

function LabelledCheck({ label, help, className, look, input }: LabelledCheckProps) {
  const helpId = useId();
  const control = (
    <input
      {...input}
      aria-describedby={help ? helpId : input["aria-describedby"]}
      className={cn("check", look, !label && className)}
    />
  );
  if (!label) return control;
  return (
    <label className={cn("flex w-fit items-start gap-2.5 has-disabled:text-muted coarse:py-3", className)}>
      {control}
      <span className="flex flex-col">
        <span>{label}</span>
        {help && (
          <span id={helpId} className="text-sm text-muted">
            {help}
          </span>
        )}
      </span>
    </label>
  );
}
