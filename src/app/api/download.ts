type Named = { fileName: string; stream: ReadableStream<Uint8Array> };

/** A file that the browser saves and never shows. */
export function download({ fileName, stream }: Named, type: `${string}/${string}`): Response {
  return new Response(stream, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
}
