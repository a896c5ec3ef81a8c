/** Whole classes that set one property between them. */
const WORDS: Record<string, string> = {
  display: "block inline inline-block flex inline-flex grid inline-grid table contents hidden",
  position: "static relative absolute fixed sticky",
  visibility: "visible invisible collapse",
  "sr-only": "sr-only not-sr-only",
  "text-overflow": "truncate text-ellipsis",
  numeric: "tabular-nums normal-nums",
  case: "uppercase lowercase capitalize normal-case",
  underline: "underline no-underline line-through",
  "overflow-wrap": "wrap-anywhere wrap-break-word wrap-normal",
  "touch-action": "touch-none touch-pan-y",
};

/** Names whose values set different properties: the first that fits. A name that is not here sets one property. */
const BY_VALUE: Record<string, [group: string, values: RegExp][]> = {
  flex: [
    ["direction", /^(row|col)/],
    ["wrap", /wrap/],
  ],
  text: [
    ["size", /^(xs|sm|base|md|lg|\d?xl|hero)$/],
    ["align", /^(left|center|right|start|end)$/],
    ["wrap", /^(wrap|nowrap|balance|pretty)$/],
  ],
  font: [["weight", /^(normal|medium|semibold|bold)$/]],
  border: [
    ["width", /^\d*$/],
    ["style", /^(solid|dashed|dotted|none)$/],
    ["collapse", /^(collapse|separate)$/],
  ],
  outline: [
    ["width", /^\d*$/],
    ["style", /^(none|solid|dashed)$/],
  ],
  decoration: [["width", /^\d/]],
  stroke: [["width", /^[\d[]/]],
};

/** Names of which a class is made by adding `-value`. Longer ones come before the ones that they begin with. */
const NAMES =
  "min-w min-h max-w max-h w h size px py pt pr pb pl p mx my mt mr mb ml m gap-x gap-y gap space-x space-y inset-x inset-y inset " +
  "top right bottom left z order basis shrink grow bg fill opacity shadow leading tracking rotate scale translate-x translate-y " +
  "cursor select pointer-events animate transition duration ease grid-cols grid-rows col-span row-span col-start row-start " +
  "place-items place-content justify items self whitespace line-clamp list underline-offset divide-x divide-y resize appearance " +
  "overflow-x overflow-y overflow overscroll scroll-mx scroll-my scroll-mt scroll-m scrollbar field-sizing align content aspect " +
  "object rounded-tl rounded-tr rounded-bl rounded-br rounded-t rounded-r rounded-b rounded-l rounded border-x border-y border-t " +
  "border-r border-b border-l border outline-offset outline decoration stroke flex text font transform";

/** What a property also sets: a later `p-4` undoes `px-2`, and not the other way round. */
const COVERS: Record<string, string> = {
  overflow: "overflow-x overflow-y",
  inset: "inset-x inset-y top right bottom left",
  "inset-x": "right left",
  "inset-y": "top bottom",
  flex: "basis grow shrink",
  gap: "gap-x gap-y",
  p: "px py pt pr pb pl",
  px: "pr pl",
  py: "pt pb",
  m: "mx my mt mr mb ml",
  mx: "mr ml",
  my: "mt mb",
  size: "w h",
  "text size": "leading",
  "line-clamp": "display overflow",
  rounded: "rounded-t rounded-r rounded-b rounded-l rounded-tl rounded-tr rounded-bl rounded-br",
  "rounded-t": "rounded-tl rounded-tr",
  "rounded-r": "rounded-tr rounded-br",
  "rounded-b": "rounded-br rounded-bl",
  "rounded-l": "rounded-tl rounded-bl",
  "border width": "border-x border-y border-t border-r border-b border-l",
  "border-x": "border-r border-l",
  "border-y": "border-t border-b",
};

const groupOfWord = new Map(
  Object.entries(WORDS).flatMap(([group, words]) => words.split(" ").map((word) => [word, group] as const)),
);
const nameAndValue = new RegExp(`^-?(${NAMES.replaceAll(" ", "|")})(?:-(.+))?$`);

/** The property that a class without modifiers sets; undefined for classes that never meet a rival. */
export function classGroup(name: string): string | undefined {
  const word = groupOfWord.get(name);
  if (word) return word;
  const [, property, value = ""] = nameAndValue.exec(name) ?? [];
  if (property === undefined) return undefined;
  const special = BY_VALUE[property]?.find(([, values]) => values.test(value));
  return special ? `${property} ${special[0]}` : property;
}

/** The properties that this one sets as well. */
export function coveredBy(group: string): string[] {
  return COVERS[group]?.split(" ") ?? [];
}
