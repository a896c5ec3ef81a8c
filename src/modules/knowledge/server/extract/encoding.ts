import chardet from "chardet";
import iconv from "iconv-lite";

// What the detector may conclude; its exotic guesses on short texts are worse than the likeliest code page.
const TRUSTED = new Set([
  "windows-1251",
  "koi8-r",
  "iso-8859-5",
  "windows-1252",
  "iso-8859-1",
  "windows-1250",
  "windows-1253",
  "windows-1254",
  "shift_jis",
  "euc-jp",
  "euc-kr",
  "gb18030",
  "big5",
]);

/** Text of unknown encoding: byte order mark, then strict UTF-8, then a declared charset, then statistics. */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  return decodeAny(bytes, declared, false);
}

function decodeAny(bytes: Uint8Array, declared: string | undefined, isSample: boolean): string {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return decode(bytes, marked);
  const utf16 = guessUtf16(bytes);
  if (utf16 !== null) return decode(bytes, utf16);
  const utf8 = decodeStrictUtf8(bytes, isSample);
  if (utf8 !== null) return utf8;
  if (declared !== undefined && iconv.encodingExists(declared)) return decode(bytes, declared);
  return decode(bytes, guessCodePage(bytes));
}

/** Whether bytes read as text at all: no binary control bytes once decoded. */
export function looksLikeText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 64 * 1024);
  const text = decodeAny(sample, undefined, true);
  const control = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return control / Math.max(1, text.length) < 0.01;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

// Zero bytes on one side of most pairs is what UTF-16 without a mark looks like for Latin; Cyrillic shows 0x04 there.
function guessUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const pairs = Math.min(512, Math.floor(bytes.length / 2));
  if (pairs < 2 || bytes.length % 2 !== 0) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i += 1) {
    if (isHighByte(bytes[2 * i])) even += 1;
    if (isHighByte(bytes[2 * i + 1])) odd += 1;
  }
  if (odd / pairs > 0.8 && even / pairs < 0.3) return "utf-16le";
  if (even / pairs > 0.8 && odd / pairs < 0.3) return "utf-16be";
  return null;
}

const isHighByte = (byte: number | undefined) => byte === 0x00 || byte === 0x04;

// A sample may end inside a character, which says nothing against UTF-8.
function decodeStrictUtf8(bytes: Uint8Array, isSample: boolean): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isSample });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function guessCodePage(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 64 * 1024);
  const guesses = chardet.analyse(sample).map((guess) => guess.name.toLowerCase());
  return guessCyrillic(sample) ?? guesses.find((guess) => TRUSTED.has(guess)) ?? "windows-1251";
}

// Both Russian code pages keep the letters in 0xC0–0xFF, and lower case is far more frequent: it is the upper half in
// windows-1251 and the lower half in KOI8-R. Other scripts also use the bytes below, western ones mostly ASCII.
function guessCyrillic(bytes: Uint8Array): "windows-1251" | "koi8-r" | null {
  const counts = { ascii: 0, below: 0, lowerHalf: 0, upperHalf: 0 };
  for (const byte of bytes) {
    if (byte >= 0xe0) counts.upperHalf += 1;
    else if (byte >= 0xc0) counts.lowerHalf += 1;
    else if (byte >= 0x80) counts.below += 1;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) counts.ascii += 1;
  }
  const letters = counts.lowerHalf + counts.upperHalf;
  if (letters === 0 || counts.below > letters * 0.15 || counts.ascii > letters * 3) return null;
  if (counts.upperHalf > counts.lowerHalf * 3) return "windows-1251";
  return counts.lowerHalf > counts.upperHalf * 3 ? "koi8-r" : null;
}

function decode(bytes: Uint8Array, encoding: string): string {
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding, { stripBOM: true });
}
