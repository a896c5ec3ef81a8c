"use client";

import { useEffect } from "react";

/** Renews the cookie once per visit, so that it lives as long as the session that slides on the server. */
export function SessionKeeper() {
  useEffect(() => {
    // Without a connection the next visit renews it.
    fetch("/api/auth/session").catch(() => undefined);
  }, []);
  return null;
}
