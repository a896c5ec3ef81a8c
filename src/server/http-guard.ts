import { lookup } from "node:dns";
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Readable } from "node:stream";

/** An address that people may name but that the server must not call: its own network, or no web address at all. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  constructor() {
    super("This address is not a public web address.");
  }
}

// RFC 6890 and its updates: everything that is not a public unicast address.
const RESERVED_V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;
const RESERVED_V6 = [
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const;

// Node matches a v4 address that is written as v6 against the v4 rules.
const reserved = new BlockList();
for (const [net, prefix] of RESERVED_V4) reserved.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of RESERVED_V6) reserved.addSubnet(net, prefix, "ipv6");

/** Whether an IP address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !reserved.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Refuses a URL that names a private address or no web server, before anything is looked up. Throws `AddressRefused`. */
export function assertPublicUrl(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$|\.$/g, "");
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  const isPrivateName = host === "localhost" || /\.(localhost|local|internal)$/.test(host) || host === "";
  if (!isWeb || isPrivateName || (isIP(host) !== 0 && !isPublicAddress(host))) throw new AddressRefused();
}

// The check sits where the connection is made: a name that resolves differently a moment later gains nothing.
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 4);
    const open = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = open;
    if (!first) return callback(new AddressRefused(), "", 4);
    if (options.all) callback(null, open);
    else callback(null, first.address, first.family);
  });
};

// Agents of their own: a connection that unguarded code has opened is never borrowed.
const agents = { "http:": new HttpAgent({ keepAlive: true }), "https:": new HttpsAgent({ keepAlive: true }) };

/**
 * `fetch` for addresses that people typed: it connects to public addresses only and follows no redirect. Bodies are
 * texts or bytes. Throws `AddressRefused`, or the connection's error.
 */
export const publicFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const url = new URL(request.url);
  assertPublicUrl(url);
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  const isTls = url.protocol === "https:";
  const headers = Object.fromEntries(request.headers);
  const options: RequestOptions = {
    method: request.method,
    headers: body === null ? headers : { ...headers, "content-length": String(body.byteLength) },
    agent: agents[isTls ? "https:" : "http:"],
    lookup: publicLookup,
    signal: request.signal,
  };
  return new Promise((resolve, reject) => {
    const call = (isTls ? requestHttps : requestHttp)(url, options, (answer) => {
      try {
        resolve(toResponse(answer));
      } catch (error) {
        // A status that no response may have; thrown here it would end the process.
        answer.destroy();
        reject(new TypeError("fetch failed", { cause: error }));
      }
    });
    call.on("error", (error) => {
      // What `fetch` itself would say, so that callers know a broken line from an abort.
      const isOurs = error instanceof AddressRefused || request.signal.aborted;
      reject(isOurs ? error : new TypeError("fetch failed", { cause: error }));
    });
    call.end(body);
  });
};

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  const status = answer.statusCode ?? 502;
  const isEmpty = status === 204 || status === 205 || status === 304;
  // Node's own stream type and the web's differ in name only.
  const body = isEmpty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}
