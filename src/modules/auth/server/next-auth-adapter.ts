import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions } from "next-auth";
import { AppError } from "@/lib/errors";
import { env } from "@/server/env";
import { readBody } from "@/server/read-body";

export type AuthBody = Record<string, string>;

/**
 * Runs next-auth on a plain `Request`. Its route handler reads Next's request storage; the older Node handler takes
 * all it needs as arguments, so that the door is the same in a page, a test and a script.
 */
export async function runNextAuth(
  request: Request,
  segments: string[],
  body: AuthBody,
  options: AuthOptions,
): Promise<Response> {
  // next-auth reads its own address from here and nowhere else.
  process.env.NEXTAUTH_URL = env().appUrl;
  const answer = collectAnswer();
  await NextAuth(nodeRequest(request, segments, body), answer.response, options);
  return answer.toResponse();
}

const MAX_BODY_BYTES = 64 * 1024;

/** The fields of a form or JSON body; texts only. Refuses: PAYLOAD_TOO_LARGE. */
export async function readAuthBody(request: Request): Promise<AuthBody> {
  if (request.method !== "POST") return {};
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (bytes === null) throw new AppError("PAYLOAD_TOO_LARGE", "The request is too large.");
  const raw = new TextDecoder().decode(bytes);
  const isJson = request.headers.get("content-type")?.includes("application/json") ?? false;
  const fields: [string, unknown][] = isJson ? jsonEntries(raw) : [...new URLSearchParams(raw)];
  return Object.fromEntries(fields.map(([name, value]) => [name, typeof value === "string" ? value : String(value)]));
}

function jsonEntries(raw: string): [string, unknown][] {
  try {
    const parsed: unknown = JSON.parse(raw);
    return typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
  } catch {
    // An unreadable body has no fields, so it lacks the CSRF token and is refused for that.
    return [];
  }
}

function nodeRequest(request: Request, segments: string[], body: AuthBody): NextApiRequest {
  const query = { ...Object.fromEntries(new URL(request.url).searchParams), nextauth: segments };
  const headers = Object.fromEntries(request.headers);
  const node = { method: request.method, query, body, headers, cookies: cookiesOf(request.headers) };
  // next-auth's handler reads these five fields and nothing else of a Node request.
  return node as unknown as NextApiRequest;
}

function collectAnswer() {
  let status = 200;
  let body: string | null = null;
  const headers = new Map<string, string | string[]>();
  const response = {
    status: (code: number) => {
      status = code;
      return response;
    },
    setHeader: (name: string, value: string | string[]) => {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    json: (value: unknown) => {
      headers.set("content-type", "application/json");
      body = JSON.stringify(value);
    },
    send: (value: unknown) => {
      body = value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value);
    },
    end: () => undefined,
  };
  const toResponse = () => {
    const entries = [...headers].flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    );
    return new Response(body, { status, headers: entries });
  };
  // next-auth's handler calls these six methods and nothing else of a Node response.
  return { response: response as unknown as NextApiResponse, toResponse };
}

function cookiesOf(headers: Headers): Record<string, string> {
  const pairs = (headers.get("cookie") ?? "").split(";").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? [] : [[pair.slice(0, at).trim(), decode(pair.slice(at + 1).trim())]];
  });
  return Object.fromEntries(pairs);
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A cookie that is no valid escape is somebody else's and is passed on as it is.
    return value;
  }
}
