import { expect, it } from "vitest";
import { deviceOf } from "./device";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)";

it.each([
  [`${MAC} Chrome/142.0 Safari/537.36`, { browser: "Chrome", system: "macOS" }],
  [`${MAC} Chrome/142.0 Safari/537.36 Edg/142.0`, { browser: "Edge", system: "macOS" }],
  [`${MAC} Chrome/142.0 YaBrowser/25.1 Safari/537.36`, { browser: "Yandex Browser", system: "macOS" }],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
    { browser: "Safari", system: "iOS" },
  ],
  ["curl/8.5.0", null],
  ["", null],
])("reads %s", (userAgent, device) => {
  expect(deviceOf(userAgent)).toEqual(device);
});
