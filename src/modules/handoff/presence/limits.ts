/** The most dialogs that a person may want at once. */
export const capacityLimits = { site: 20, telegram: 50 } as const;
