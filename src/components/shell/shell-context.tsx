"use client";

import { createContext, useContext } from "react";

export type Shell = {
  openPalette: () => void;
  openKeyMap: () => void;
  isCollapsed: boolean;
  toggleSidebar: () => void;
};

export const ShellContext = createContext<Shell | null>(null);

/** Null on pages outside of a workspace. */
export function useShell(): Shell | null {
  return useContext(ShellContext);
}
