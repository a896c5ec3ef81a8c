type Shown = { key: string; title: string; body: string; onClick: () => void };

/** Whether this browser may show notifications of this site; null where it knows none. */
export function notificationPermission(): NotificationPermission | null {
  return typeof Notification === "undefined" ? null : Notification.permission;
}

/** One notification per key; a later one takes the place of the earlier. Nothing happens without permission. */
export function showNotification({ key, title, body, onClick }: Shown): void {
  if (notificationPermission() !== "granted") return;
  try {
    const shown = new Notification(title, { body, tag: key, icon: "/icon.svg", silent: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
      onClick();
    };
  } catch {
    // Phones have the constructor and refuse it: there a service worker would have to show it.
  }
}
