"use client";

import dynamic from "next/dynamic";

// Forms and their validation come when somebody opens one.
export const AddTextDialog = dynamic(() => import("./add-text-dialog").then((module) => module.AddTextDialog), {
  ssr: false,
});
export const QaDialog = dynamic(() => import("./qa-dialog").then((module) => module.QaDialog), { ssr: false });
