import type { Element, ElementContent, Root, RootContent } from "hast";

const MARK = /\[(\d{1,2})\]/;
const LITERAL = new Set(["code", "pre", "a"]);

/** A rehype plugin: every `[n]` outside code and links becomes `<cite data-number="n">`. */
export function markCitations() {
  return (tree: Root) => walk(tree);
}

function walk(parent: Root | Element): void {
  const children: RootContent[] = parent.children;
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index];
    if (child?.type === "element" && !LITERAL.has(child.tagName)) walk(child);
    if (child?.type === "text") parent.children.splice(index, 1, ...split(child.value));
  }
}

function split(text: string): ElementContent[] {
  return text.split(MARK).flatMap((part, index): ElementContent[] => {
    if (index % 2 === 1) return [{ type: "element", tagName: "cite", properties: { dataNumber: part }, children: [] }];
    return part === "" ? [] : [{ type: "text", value: part }];
  });
}
