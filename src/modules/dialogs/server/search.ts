/** The parts of a query that find dialogs by words, for lists of later tiers that join their own tables to them. */
export { foundDialogs, isCommon, saidInDialog } from "./search-repository";
