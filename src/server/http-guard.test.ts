import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { AddressRefused, assertPublicUrl, isPublicAddress, publicFetch } from "./http-guard";

describe("addresses that people may name", () => {
  it.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001:80e::200e"])(
    "%s is public",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "ff02::1",
    "not an address",
    "",
  ])("%s is not", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each([
    "http://localhost/",
    "http://LOCALHOST:8080/",
    "http://models.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.0.0.1/",
    "http://017700000001/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "ftp://example.com/",
    "http://localhost./",
  ])("refuses %s without looking anything up", (url) => {
    expect(() => assertPublicUrl(new URL(url))).toThrow(AddressRefused);
  });

  it("lets a public name pass", () => {
    expect(() => assertPublicUrl(new URL("https://api.openai.com/v1"))).not.toThrow();
  });

  it("never connects to a private address", async () => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A listening TCP server has an address object.
    const { port } = server.address() as AddressInfo;
    await expect(publicFetch(`http://127.0.0.1:${port}/`)).rejects.toBeInstanceOf(AddressRefused);
    await expect(publicFetch(`http://[::ffff:127.0.0.1]:${port}/`)).rejects.toBeInstanceOf(AddressRefused);
    server.close();
    expect(calls).toBe(0);
  });
});
