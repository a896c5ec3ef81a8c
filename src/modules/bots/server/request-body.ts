import { newId } from "@/lib/ids";

/** The parameters of a call as JSON, or as a form as soon as a file goes along. */
export function bodyOf(payload: object): Pick<RequestInit, "body" | "headers"> {
  const fields = Object.entries(payload).filter(([, value]) => value !== undefined);
  if (!fields.some(([, value]) => value instanceof File)) {
    return { headers: { "content-type": "application/json" }, body: JSON.stringify(payload) };
  }
  // Written by hand, because the platform's forms turn the line breaks of a caption into others.
  const boundary = `chatai-${newId()}`;
  const parts = fields.flatMap(([name, value]) => [`--${boundary}\r\n`, ...formField(name, value), "\r\n"]);
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  return { headers, body: new Blob([...parts, `--${boundary}--\r\n`]) };
}

function formField(name: string, value: unknown): BlobPart[] {
  const disposition = `content-disposition: form-data; name="${name}"`;
  if (!(value instanceof File)) {
    return [`${disposition}\r\n\r\n`, typeof value === "string" ? value : JSON.stringify(value)];
  }
  const fileName = value.name.replaceAll('"', "%22").replace(/[\r\n]/g, " ");
  return [`${disposition}; filename="${fileName}"\r\ncontent-type: ${value.type}\r\n\r\n`, value];
}
