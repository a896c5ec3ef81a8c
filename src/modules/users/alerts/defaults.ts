import type { AlertSettings } from "./contract";

/** What holds until somebody chooses: a quiet sound, and nothing that others could read on the screen. */
export const defaultAlerts: AlertSettings = { sound: "quiet", isDesktopOn: false, showsText: false };
