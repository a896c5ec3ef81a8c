// The package ships no types; only what the contrast test calls is declared.
declare module "culori" {
  type Color = { mode: string };
  export function wcagContrast(one: string, other: string): number;
  export function differenceCiede2000(): (one: Color, other: Color) => number;
  export function filterDeficiencyProt(severity: number): (color: string) => Color;
  export function filterDeficiencyDeuter(severity: number): (color: string) => Color;
  export function filterDeficiencyTrit(severity: number): (color: string) => Color;
}
