"use client";

import type { KeyboardEvent } from "react";
import type { Sequel } from "../outbox";
import type { MessageBoxState } from "./use-message-box";
import type { SavedReplySearch } from "./use-saved-reply-search";

type BoxKeys = {
  box: Pick<MessageBoxState, "mode" | "text" | "type" | "blanks" | "goToBlank">;
  search: Pick<SavedReplySearch, "onKeyDown">;
  /** Words are offered above the box, and whether they can be taken. */
  offer: { isShown: boolean; isReady: boolean; insert: () => void; close: () => void };
  sendsOnEnter: boolean;
  /** Something to be read before anything is sent; it takes the focus. */
  askFirst: (() => void) | null;
  submit: (sequel?: Sequel) => void;
};

/** Keys of the box: the list of replies first, then what is offered, then gaps to fill, then sending. */
export function useBoxKeys({ box, search, offer, sendsOnEnter, askFirst, submit }: BoxKeys) {
  return (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || search.onKeyDown(event)) return;
    const { key, code, shiftKey, altKey, currentTarget } = event;
    const hasMod = event.metaKey || event.ctrlKey;
    if (key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      // The way from writing to the keys of the page.
      return offer.isShown ? offer.close() : currentTarget.blur();
    }
    // The key between full stop and right Shift opens the list in every layout, not only where it types a slash.
    if (code === "Slash" && box.text === "" && box.mode === "reply" && !hasMod && !shiftKey && !altKey) {
      event.preventDefault();
      return box.type("/");
    }
    if (key === "Tab" && !shiftKey && !hasMod) {
      const isTaken = offer.isReady || (box.blanks.length > 0 && box.goToBlank(currentTarget.selectionEnd));
      if (isTaken) event.preventDefault();
      return offer.isReady ? offer.insert() : undefined;
    }
    if (key !== "Enter" || (!hasMod && shiftKey === sendsOnEnter)) return;
    event.preventDefault();
    // Whoever presses Enter in the moment a colleague replies has not read the button yet.
    if (askFirst) return askFirst();
    submit(hasMod && box.mode === "reply" ? { kind: "close" } : undefined);
  };
}
