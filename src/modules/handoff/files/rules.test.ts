import { describe, expect, it } from "vitest";
import { acceptedType, kindOfFile, refusalByName } from "./rules";

const MB = 1024 * 1024;

describe("a file for a visitor", () => {
  it.each([
    ["photo.JPG", 1, null],
    ["Счёт «август».pdf", 20 * MB, null],
    ["big.pdf", 20 * MB + 1, "too-large"],
    ["empty.png", 0, "empty"],
    ["setup.exe", 5, "unsupported-type"],
    ["page.html", 5, "unsupported-type"],
    ["drawing.svg", 5, "unsupported-type"],
    ["noextension", 5, "unsupported-type"],
    ["constructor", 5, "unsupported-type"],
    ["a.constructor", 5, "unsupported-type"],
  ])("named %s of %i bytes is refused as %s", (name, sizeBytes, refusal) => {
    expect(refusalByName({ name, sizeBytes })).toBe(refusal);
  });

  it.each([
    ["a.png", "image/png", false, "image/png"],
    ["a.jpg", "image/png", false, null],
    ["a.png", undefined, true, null],
    ["a.txt", undefined, true, "text/plain"],
    ["a.txt", "application/x-msdownload", false, null],
    ["a.txt", undefined, false, null],
    ["a.exe", "application/x-msdownload", false, null],
  ])("%s whose bytes are %s becomes %s", (name, sniffed, isText, type) => {
    expect(acceptedType(name, sniffed, isText)).toBe(type);
  });

  it("is a photo only as far as Telegram takes it for one", () => {
    expect(kindOfFile("image/png", 10 * MB)).toBe("photo");
    expect(kindOfFile("image/png", 10 * MB + 1)).toBe("document");
    expect(kindOfFile("image/gif", 1)).toBe("document");
  });
});
