type ToastOptions = { description?: string; action?: { label: string; onClick: () => void } };
type ToastKind = "success" | "info" | "warning" | "error";

let resolveToaster: () => void;
const toasterIsThere = new Promise<void>((resolve) => (resolveToaster = resolve));

/** Called by the toaster when its list is on the page. */
export const announceToaster = () => resolveToaster();

// The library comes after the first paint, and it forgets what is said before its list is on the page.
async function say(kind: ToastKind, text: string, options: ToastOptions & { duration?: number } = {}) {
  const [{ toast: sonner }] = await Promise.all([import("sonner"), toasterIsThere]);
  sonner[kind](text, options);
}

/** Passing news: five seconds, three at most. Errors stay until dismissed and are always shown in place, too. */
export const toast = {
  success: (text: string, options?: ToastOptions) => void say("success", text, options),
  info: (text: string, options?: ToastOptions) => void say("info", text, options),
  warning: (text: string, options?: ToastOptions) => void say("warning", text, options),
  error: (text: string, options?: ToastOptions) => void say("error", text, { ...options, duration: Infinity }),
};
