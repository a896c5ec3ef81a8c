declare module "yauzl" {
  import type { Readable } from "node:stream";

  export type Entry = {
    fileName: string;
    compressedSize: number;
    uncompressedSize: number;
    isEncrypted(): boolean;
  };
  export type ZipFile = {
    entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  };
  type Options = { lazyEntries: true; autoClose?: boolean; strictFileNames?: boolean };
  export function openPromise(path: string, options: Options): Promise<ZipFile>;
  export function fromBufferPromise(buffer: Buffer, options: Options): Promise<ZipFile>;
}
