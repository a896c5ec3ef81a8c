"use client";

import { useState } from "react";

const WIDE = "(min-width: 1280px)";

/** Beside the conversation from 1280 px on unless somebody closed it; an overlay below, when somebody opens it. */
export function useContextPane() {
  const [isClosedWide, setIsClosedWide] = useState(false);
  const [isOpenNarrow, setIsOpenNarrow] = useState(false);
  return {
    isClosedWide,
    isOpenNarrow,
    toggle: () => {
      if (matchMedia(WIDE).matches) setIsClosedWide(!isClosedWide);
      else setIsOpenNarrow(!isOpenNarrow);
    },
    close: () => (matchMedia(WIDE).matches ? setIsClosedWide(true) : setIsOpenNarrow(false)),
  };
}

export type ContextPaneState = ReturnType<typeof useContextPane>;
