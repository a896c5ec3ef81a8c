"use client";

import dynamic from "next/dynamic";

/** The server draws the form with the page; its script follows the page's own. */
export const FollowingSettingsForm = dynamic(async () => (await import("./settings-form")).SettingsForm);
