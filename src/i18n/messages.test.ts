import { readdirSync, readFileSync } from "node:fs";
import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { MESSAGES } from "./messages";

type Tree = { [key: string]: string | Tree };

const folder = new URL("./messages/", import.meta.url);
const filesOf = (locale: string) => readdirSync(new URL(`${locale}/`, folder)).sort();
const read = (locale: string, file: string): Tree =>
  JSON.parse(readFileSync(new URL(`${locale}/${file}`, folder), "utf8"));

function flatten(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

function argumentsOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...argumentsOf(element.children)];
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [element.value, ...Object.values(element.options).flatMap((option) => argumentsOf(option.value))];
    }
    return [element.value];
  });
}

const unique = (names: string[]) => [...new Set(names)].sort();

it("loads every message file in both languages", () => {
  expect(filesOf("ru")).toEqual(filesOf("en"));
  expect(filesOf("en").map((file) => file.replace(".json", ""))).toEqual(Object.keys(MESSAGES.en).sort());
});

describe.each(filesOf("en"))("%s", (file) => {
  const en = new Map(flatten(read("en", file)));
  const ru = new Map(flatten(read("ru", file)));

  it("has the same keys in both languages", () => {
    expect([...ru.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it("takes the same arguments in both languages", () => {
    for (const [key, message] of en) {
      expect(unique(argumentsOf(parse(ru.get(key) ?? ""))), key).toEqual(unique(argumentsOf(parse(message))));
    }
  });

  it("knows one, few and many wherever Russian counts", () => {
    for (const [key, message] of ru) {
      for (const [, forms = ""] of message.matchAll(/, plural,((?:[^{}]|\{[^{}]*\})*)\}/g)) {
        for (const form of ["one", "few", "many"]) expect(forms, `${key} ${form}`).toMatch(new RegExp(`\\b${form}\\b`));
      }
    }
  });
});
