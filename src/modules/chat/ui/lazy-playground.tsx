"use client";

import dynamic from "next/dynamic";

const PlaygroundHeader = () => <div aria-hidden className="h-12 border-b" />;

/** The playground lives in the browser only, so its code comes after the page that it stands beside. */
export const LazyPlayground = dynamic(() => import("./playground").then((module) => module.Playground), {
  ssr: false,
  loading: PlaygroundHeader,
});
