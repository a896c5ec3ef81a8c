// Beside the contract, so that pages which only need a number do not load the validation.

const MB = 1024 * 1024;

/** What Telegram's Bot API takes as a photo, what bots can also load again as a document, and how long a caption may be. */
export const replyFileLimits = {
  photoBytes: 10 * MB,
  documentBytes: 20 * MB,
  captionChars: 1_024,
  nameChars: 200,
  /** Files that one message box holds at once. */
  perReply: 10,
} as const;

/** Extension, and the types that its bytes may turn out to be. Nothing that a browser or a computer would run. */
export const REPLY_FILE_TYPES: Record<string, readonly string[]> = {
  jpg: ["image/jpeg"],
  jpeg: ["image/jpeg"],
  png: ["image/png"],
  webp: ["image/webp"],
  gif: ["image/gif"],
  pdf: ["application/pdf"],
  docx: ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  xlsx: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  pptx: ["application/vnd.openxmlformats-officedocument.presentationml.presentation"],
  odt: ["application/vnd.oasis.opendocument.text"],
  ods: ["application/vnd.oasis.opendocument.spreadsheet"],
  mp4: ["video/mp4"],
  mp3: ["audio/mpeg"],
  m4a: ["audio/x-m4a", "audio/mp4"],
  ogg: ["audio/ogg"],
  zip: ["application/zip"],
  txt: ["text/plain"],
  csv: ["text/csv"],
  md: ["text/markdown"],
  json: ["application/json"],
};

/** For a file picker. */
export const REPLY_FILE_ACCEPT = Object.keys(REPLY_FILE_TYPES)
  .map((extension) => `.${extension}`)
  .join(",");

export const FILE_REFUSALS = [
  "unsupported-type",
  "too-large",
  "empty",
  "mismatch",
  "file-sent",
  "too-many-files",
  "channel",
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];
