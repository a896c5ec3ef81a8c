"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { MessageItem } from "@/modules/dialogs/contract";

/** How answers of the assistant look; given by a later tier, which knows how they are made. */
export type AnswerVoice = {
  /** A stored answer with its sources, its receipt and the way to its reasons. */
  renderAnswer: (message: MessageItem) => ReactNode;
  /** An answer that is being written, as far as it came. */
  renderGrowing: (text: string) => ReactNode;
};

const VoiceContext = createContext<AnswerVoice | null>(null);

export const AnswerVoiceProvider = VoiceContext.Provider;

export function useAnswerVoice(): AnswerVoice | null {
  return useContext(VoiceContext);
}
