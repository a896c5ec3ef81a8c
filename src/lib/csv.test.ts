import { describe, expect, it } from "vitest";
import { csvRow } from "./csv";

describe("a line of a spreadsheet", () => {
  it.each([
    ["=1+1", `"'=1+1"\r\n`],
    ["+7 900", `"'+7 900"\r\n`],
    ["-2", `"'-2"\r\n`],
    ["@SUM(A1)", `"'@SUM(A1)"\r\n`],
    ["\t=1", `"'\t=1"\r\n`],
    ["  =HYPERLINK(1)", `"'  =HYPERLINK(1)"\r\n`],
    ["\r\n=1", `"'\r\n=1"\r\n`],
    ["＝1+1", `"'＝1+1"\r\n`],
    ["Ёлка", "Ёлка\r\n"],
    ['He said "no", twice', '"He said ""no"", twice"\r\n'],
    ["a,b", '"a,b"\r\n'],
    ["", "\r\n"],
  ])("writes %j as %j", (text, line) => expect(csvRow([text], ",")).toBe(line));

  it("keeps our own numbers numbers", () => {
    expect(csvRow([{ number: "-5.00" }, "x"], ",")).toBe("-5.00,x\r\n");
    expect(csvRow([{ number: "-5,00" }, "x"], ";")).toBe("-5,00;x\r\n");
    expect(csvRow([{ number: "5,00" }], ",")).toBe('"5,00"\r\n');
  });
});
