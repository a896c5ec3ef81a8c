import { describe, expect, it } from "vitest";
import { blanksOf, fillVariables, findReplies, searchOf } from "./rules";

const values = { visitor: "Maria", operator: "Ben", assistant: "Shop bot", workspace: "Coffee" };

describe("variables of a saved reply", () => {
  it.each([
    ["Hello {visitor}, I am {operator}", "Hello Maria, I am Ben"],
    ["{Visitor} {VISITOR}", "Maria Maria"],
    ["Здравствуйте, {посетитель}! Это {компания}", "Здравствуйте, Maria! Это Coffee"],
    ["Order {order} of {visitor}", "Order {order} of Maria"],
    ["{assistant} at {workspace}", "Shop bot at Coffee"],
    ["{ visitor } {} {1} {{visitor}}", "{ visitor } {} {1} {Maria}"],
  ])("fill what is known: %s", (text, filled) => {
    expect(fillVariables(text, values)).toBe(filled);
  });

  it("stay in braces when there is nothing to fill them with", () => {
    expect(fillVariables("Hello {visitor}", { ...values, visitor: "  " })).toBe("Hello {visitor}");
  });

  it("take a value as it is, whatever it looks like", () => {
    expect(fillVariables("Hello {visitor}", { ...values, visitor: "{operator} $1 $&" })).toBe("Hello {operator} $1 $&");
  });

  it("are found in order with their places", () => {
    expect(blanksOf("Order {order} leaves on {ship date}.")).toEqual([
      { name: "order", start: 6, end: 13 },
      { name: "ship date", start: 24, end: 35 },
    ]);
    expect(blanksOf('{"json": 1} {} {{ }} if (a) { return b; }')).toEqual([]);
  });
});

describe("the search for a saved reply", () => {
  const replies = [
    { shortcut: "hello", title: "Greeting", text: "Good afternoon" },
    { shortcut: "delivery", title: "How delivery works", text: "The parcel leaves the depot" },
    { shortcut: "возврат", title: "Возврат товара", text: "Вернуть товар можно" },
  ];
  const found = (typed: string) => findReplies(replies, typed).map(({ shortcut }) => shortcut);

  it.each([
    ["", ["hello", "delivery", "возврат"]],
    ["hel", ["hello"]],
    ["dlv", ["delivery"]],
    ["greet", ["hello"]],
    ["works", ["delivery"]],
    ["возв", ["возврат"]],
    ["djpd", ["возврат"]],
    ["руддщ", ["hello"]],
    ["DELIVERY", ["delivery"]],
    ["depot", ["delivery"]],
    ["zzz", []],
  ])("finds %j", (typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });

  it.each([
    ["/", ""],
    ["/hel", "hel"],
    ["", null],
    ["a/", null],
    ["/hel lo", null],
    ["//", "/"],
  ])("is on while the box holds %j", (text, search) => {
    expect(searchOf(text)).toBe(search);
  });
});
