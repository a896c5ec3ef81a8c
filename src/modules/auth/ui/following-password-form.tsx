"use client";

import dynamic from "next/dynamic";

/** The server draws the form with the page; its script follows the page's own. */
export const FollowingPasswordForm = dynamic(async () => (await import("./change-password-form")).ChangePasswordForm);
