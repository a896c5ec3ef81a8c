import { randomBytes } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { knowledgeLimits } from "../limits";
import { checkFile, displayName } from "./file-check";
import { docx, fixture, text, xlsx, zipBomb } from "./fixtures/testing-files";

const folder = await mkdtemp(path.join(tmpdir(), "file-check-"));
const exe = Buffer.concat([
  Buffer.from("MZ"),
  randomBytes(60),
  Buffer.alloc(500),
  text("This program cannot be run in DOS mode"),
]);
const pdf = await fixture("warranty-en.pdf");
const word = await docx("a", "system('rm') url(x)");
const workbook = await xlsx("s", [["a", "b"]]);

async function check(name: string, bytes: Uint8Array) {
  const file = path.join(folder, randomBytes(8).toString("hex"));
  await writeFile(file, bytes);
  return checkFile(name, { path: file, sizeBytes: bytes.length });
}

describe("checkFile", () => {
  it.each<[string, Uint8Array, string]>([
    ["empty.pdf", text(""), "empty"],
    ["blank.txt", text("\ufeff \n\t"), "empty"],
    ["program.pdf", exe, "executable"],
    ["program.txt", exe, "executable"],
    ["elf.csv", Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), randomBytes(200)]), "executable"],
    ["word.pdf", word, "not-a-pdf"],
    ["text.pdf", text("hello"), "not-a-pdf"],
    ["cut.pdf", pdf.subarray(0, pdf.length / 2), "truncated"],
    ["pdf.docx", pdf, "not-a-docx"],
    ["book.docx", workbook, "not-a-docx"],
    ["cut.docx", word.subarray(0, 3_000), "truncated"],
    ["word.xlsx", word, "not-an-xlsx"],
    ["bomb.docx", zipBomb("word/document.xml", 200), "zip-bomb"],
    [
      "picture.txt",
      Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(500)]),
      "not-text",
    ],
    ["noise.csv", randomBytes(5_000), "not-text"],
    ["pdf.txt", pdf, "not-text"],
    ["old.doc", text("x"), "legacy-doc"],
    ["movie.mp4", text("x"), "unsupported-type"],
    ["noextension", text("x"), "unsupported-type"],
    ["trick.constructor", text("x"), "unsupported-type"],
    ["big.txt", Buffer.alloc(knowledgeLimits.fileBytes + 1, "a"), "too-large"],
  ])("refuses %s", async (name, bytes, reason) => {
    expect(await check(name, bytes)).toEqual({ ok: false, reason });
  });

  it.each<[string, Uint8Array, string]>([
    ["Прайс «Ёлка» 2026.pdf", pdf, "pdf"],
    // 64 KB end inside a letter in one of the two.
    ["long.txt", text("слово ".repeat(20_000)), "txt"],
    ["longer.txt", text(`a${"слово ".repeat(20_000)}`), "txt"],
    ["system(1).docx", word, "docx"],
    ["книга.XLSX", workbook, "xlsx"],
    ["cp1251.txt", Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0]), "txt"],
    ["utf16.txt", Buffer.from("\ufeffпривет", "utf16le"), "txt"],
    ["page.htm", text("<html><script>alert(1)</script>"), "html"],
    [
      "feed.html",
      text('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>x</body></html>'),
      "html",
    ],
    ["data.json", text('{"a":1}'), "json"],
    ["exactly.txt", Buffer.alloc(knowledgeLimits.fileBytes, "word "), "txt"],
  ])("accepts %s", async (name, bytes, type) => {
    expect(await check(name, bytes)).toMatchObject({ ok: true, type });
  });
});

describe("displayName", () => {
  it.each([
    ["Прайс «Ёлка».pdf", "Прайс «Ёлка».pdf"],
    ["../../etc/passwd.txt", "passwd.txt"],
    ["C:\\Users\\me\\отчёт.docx", "отчёт.docx"],
    ["a\u0000b\u202e.txt", "ab.txt"],
    [`${"я".repeat(300)}.pdf`, `${"я".repeat(196)}.pdf`],
  ])("%j → %j", (given, shown) => {
    expect(displayName(given)).toBe(shown);
  });
});
