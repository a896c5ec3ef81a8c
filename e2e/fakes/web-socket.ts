import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** The server's end of one WebSocket (RFC 6455): unfragmented text frames, as browsers send short ones. */
export class WebSocketEnd {
  private buffered = Buffer.alloc(0);
  onText: (text: string) => void = () => undefined;
  onClose: () => void = () => undefined;

  constructor(
    request: IncomingMessage,
    private readonly socket: Duplex,
    head: Buffer,
  ) {
    const key = request.headers["sec-websocket-key"] ?? "";
    const accept = createHash("sha1")
      .update(key + MAGIC)
      .digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on("data", (chunk: Buffer) => this.take(chunk));
    socket.on("close", () => this.onClose());
    socket.on("error", () => socket.destroy());
    if (head.length > 0) this.take(head);
  }

  send(text: string): void {
    this.write(OPCODE.text, Buffer.from(text));
  }

  close(code: number, reason: string): void {
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code);
    payload.write(reason, 2);
    this.write(OPCODE.close, payload);
    this.socket.end();
  }

  /** The connection breaks without a word, as when a cable is pulled. */
  cut(): void {
    this.socket.destroy();
  }

  private write(opcode: number, payload: Buffer): void {
    if (this.socket.destroyed || this.socket.writableEnded) return;
    const header =
      payload.length < 126
        ? Buffer.from([0x80 | opcode, payload.length])
        : Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 0xff]);
    this.socket.write(Buffer.concat([header, payload]));
  }

  private take(chunk: Buffer): void {
    this.buffered = Buffer.concat([this.buffered, chunk]);
    for (let frame = this.nextFrame(); frame; frame = this.nextFrame()) {
      if (frame.opcode === OPCODE.text) this.onText(frame.payload.toString());
      if (frame.opcode === OPCODE.ping) this.write(OPCODE.pong, frame.payload);
      if (frame.opcode === OPCODE.close) this.socket.end();
    }
  }

  private nextFrame(): { opcode: number; payload: Buffer } | null {
    const [first = 0, second = 0] = this.buffered;
    if (this.buffered.length < 2) return null;
    // A client's frame is masked; a longer one than 64 KiB nobody has reason to send.
    const isLong = (second & 0x7f) === 126;
    if ((second & 0x80) === 0 || (second & 0x7f) === 127 || (first & 0x80) === 0) {
      this.cut();
      return null;
    }
    const maskAt = isLong ? 4 : 2;
    if (this.buffered.length < maskAt + 4) return null;
    const length = isLong ? this.buffered.readUInt16BE(2) : second & 0x7f;
    const end = maskAt + 4 + length;
    if (this.buffered.length < end) return null;
    const mask = this.buffered.subarray(maskAt, maskAt + 4);
    const payload = Buffer.from(this.buffered.subarray(maskAt + 4, end).map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
    this.buffered = this.buffered.subarray(end);
    return { opcode: first & 0x0f, payload };
  }
}
