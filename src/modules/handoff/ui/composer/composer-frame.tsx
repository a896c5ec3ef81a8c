/** Keeps the room of an empty message box until it is there, so that the conversation above does not move. */
export function ComposerFrame() {
  return (
    <div aria-hidden data-awaited className="rounded-lg border bg-raised p-3 max-sm:p-2">
      <div className="mb-2 h-7 touch-target" />
      <div className="h-16" />
      <div className="mt-2 h-8 touch-target" />
    </div>
  );
}
