/** How much of a visitor a workspace holds; what a removal takes away. */
export type VisitorHoldings = {
  visitorName: string;
  dialogCount: number;
  messageCount: number;
  noteCount: number;
  /** Files that either side sent. */
  fileCount: number;
};
