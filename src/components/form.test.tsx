// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { useForm } from "react-hook-form";
import { expect, it } from "vitest";
import { applyServerErrors } from "./form";

const errors = (error: unknown, fallback?: string) => {
  const { result } = renderHook(() => {
    const form = useForm({ defaultValues: { email: "", name: "" } });
    return { form, shown: form.formState.errors };
  });
  let blamed = false;
  act(() => {
    blamed = applyServerErrors(error, result.current.form, { fallback });
  });
  const { email, root } = result.current.shown;
  return { blamed, email: email?.message, root: root?.message };
};

it("puts the server's words beside the field they are about", () => {
  expect(errors({ data: { fieldErrors: { email: ["Taken"] } } })).toEqual({
    blamed: true,
    email: "Taken",
    root: undefined,
  });
});

it.each([
  [{ data: { fieldErrors: { other: ["Odd"] } } }, "Odd"],
  [{ data: { fieldErrors: {} } }, "Not saved"],
  [{ data: {} }, "Not saved"],
  [new Error("down"), "Not saved"],
])("says anything else once for the whole form", (error, sentence) => {
  const shown = errors(error, sentence === "Odd" ? undefined : "Not saved");
  expect(shown).toEqual({ blamed: false, email: undefined, root: sentence });
});
