/** The class of each width that a pane can have, in px. */
export const paneWidthClass: Readonly<Record<number, string>> = {
  260: "xl:w-65",
  280: "xl:w-70",
  300: "xl:w-75",
  320: "xl:w-80",
  340: "xl:w-85",
  360: "xl:w-90",
  380: "xl:w-95",
  400: "xl:w-100",
  420: "xl:w-105",
  440: "xl:w-110",
  460: "xl:w-115",
  480: "xl:w-120",
};
