import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { constants, createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { json } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { generate } from "selfsigned";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { auth, operations } from "../../../generated/spec.js";
import { closedBaseUrl } from "../../tools/closed-port.js";
import { ofAnotherApi } from "../../tools/departures.js";
import type { Gateway } from "../../tools/gateway/gateway.js";
import { start } from "../../tools/gateway/start.js";
import { listen } from "../../tools/listen.js";
import { installTools } from "../../tools/tools.js";
import { createService, type Service } from "../service.js";
import { apiKey, casesIn, echoes, update } from "./cases.js";
import { launch, over, pool, runtimes, toolsFolder } from "./runtimes.js";
import type { Call, Report, Setting } from "./suite.js";

const isPlatform = process.platform === "linux" && process.arch === "x64";
if (!isPlatform) console.warn("Left out: the pinned runtimes are for Linux on x64.");
if (!runtimes["chromium"]) console.warn("Left out: Chromium. Install it, or set CHROMIUM to it.");
let service: Service;

beforeAll(async () => {
  await installTools(fileURLToPath(new URL("tools", import.meta.url)), toolsFolder);
  service = await createService();
  for (const format of ["esm", "cjs"] as const) {
    await build({
      entryPoints: [fileURLToPath(new URL("suite.ts", import.meta.url))],
      outfile: path.join(service.folder, format === "cjs" ? "suite.cjs" : "suite.mjs"),
      ...{ bundle: true, format, platform: "neutral", target: "es2022", logLevel: "error" },
    });
  }
}, 600_000);
afterAll(() => service.remove());

describe.runIf(isPlatform)("the packed file on", () => {
  test.each(
    Object.entries(runtimes).flatMap(([name, runtime]) =>
      runtime.formats.map((format) => [name, format, runtime] as const),
    ),
    // Far more than it takes, and less than a wait of a minute that an abort must end.
  )("%s, %s", { timeout: 60_000 }, async (_, format, runtime) => {
    // Some requests are not the API's, such as the report. What the gateways get is judged below.
    ofAnotherApi();
    const stage = await startStage();
    const other = await start();
    other.fail({ status: 200, headers: { "content-type": "application/json" }, body: "{}" });
    const plays = await Promise.all(
      Object.entries(casesIn(runtime, other.baseUrl)).map(async ([name, one]) => {
        const { faults = [], gateway: kind, outcome, keys, isCut, ...given } = one;
        const gateway = await start({ acceptsCredential: () => kind !== "refuses" });
        gateway.fail(...faults);
        const place = stage.gateways.push(gateway) - 1;
        const baseUrl = kind === "none" ? await closedBaseUrl() : gateway.baseUrl;
        const { zone } = { zone: undefined, ...given.options };
        const call: Call = {
          ...{ name, before: 0, apiKey, input: update, ...given },
          ...{ arrival: `${stage.url}/arrived/${place}`, baseUrl },
          options: zone ? { zone } : { baseUrl, ...given.options },
        };
        return { gateway, call, outcome, isCut, keys: keys ?? [call.apiKey] };
      }),
    );
    const calls = plays.map(({ call }) => call);
    const setting = JSON.stringify({ calls, echoes, stage: stage.url } satisfies Setting);
    const { folder } = service;
    const launched = await launch(runtime, { folder, format, setting }, apiKey);
    onTestFinished(() => launched.end().then(() => undefined));
    const report = await Promise.race([stage.report, launched.ended]);
    if (typeof report === "string") throw new Error(`${report}: ${await launched.end()}`);

    expect(report.loaded.endsWith(`dist/index.${format === "cjs" ? "cjs" : "js"}`)).toBe(true);
    expect(report.unhandled).toEqual([]);
    for (const [index, { gateway, call, outcome, ...expected }] of plays.entries()) {
      const soft = (actual: unknown) => expect.soft(actual, call.name);
      const { requests, violations, connections } = gateway;
      soft(report.outcomes[index]).toMatchObject({ ...outcome, leaks: [] });
      soft(violations).toEqual([]);
      const keys = requests.map(({ headers }) => headers[auth.header]);
      soft(keys).toEqual(expected.keys.map((key) => auth.prefix + String(key)));
      const { method, body } = operations.updateConnection ?? {};
      for (const { headers, ...request } of requests) {
        soft([request.method, headers["content-type"]]).toEqual([method, body?.mediaType]);
        if (request.body !== "") soft(request.body).toBe(JSON.stringify(call.input.body));
      }
      const { credential } = connections.get(update.connectionId) ?? {};
      if ("result" in outcome) soft(credential).toEqual(update.body.credential);
      if (expected.isCut) soft(await requests[0]?.ended).toBe("cut");
    }
    // Only a `fetch` that follows redirects by itself gets there, and takes nothing along.
    const moved = { url: expect.stringMatching(/moved$/) as string, body: "" };
    expect(other.requests).toMatchObject([moved]);

    // Less than the minute for which the gateways keep connections.
    const late = wait(30_000, "it lives on", { ref: false });
    if (runtime.endsByItself) expect(await Promise.race([launched.ended, late])).toBe("0");
    const written = (await launched.end()).toLowerCase();
    expect(written).toContain("peakaapierror");
    expect(echoes.filter((echo) => written.includes(echo.toLowerCase()))).toEqual([]);
  });
});

test.runIf(isPlatform)("undici 8 sends once what a server refuses that offers HTTP/2", async () => {
  ofAnotherApi();
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
  const versions: string[] = [];
  const server = createSecureServer(
    { key, cert, allowHTTP1: true },
    ({ httpVersion, ...request }) => {
      versions.push(httpVersion);
      // Over HTTP/2, undici takes this for leave to send again.
      if (httpVersion === "2.0") request.stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else request.socket.destroy();
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const stage = await startStage();
  const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { baseUrl, maxRetries: 0 };
  const call = { name: "refused", options, apiKey, input: update, before: 0, baseUrl, arrival: "" };
  const setting = JSON.stringify({ calls: [call], echoes, stage: stage.url } satisfies Setting);
  const trusting = `${pool} process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";`;
  const runtime = over("node-22", trusting, "undici-8");
  const launched = await launch(
    runtime,
    { folder: service.folder, format: "esm", setting },
    apiKey,
  );
  onTestFinished(() => launched.end().then(() => undefined));
  const report = await Promise.race([stage.report, launched.ended]);
  expect(report).toMatchObject({ outcomes: [{ error: { attempts: 1, outcome: "unknown" } }] });
  expect(versions).toEqual(["1.1"]);
});

/** Where a suite reports, and asks whether a request has arrived at one of the gateways. */
async function startStage() {
  const gateways: Gateway[] = [];
  let give: (report: Report) => void;
  const report = new Promise<Report>((resolve) => (give = resolve));
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const [, place, index] = (incoming.url ?? "").split("/");
    if (place === "report") give((await json(incoming)) as Report);
    else await gateways[Number(index)]?.arrived(1);
    response.end();
  };
  const url = await listen(createServer((incoming, response) => void answer(incoming, response)));
  return { url, report, gateways };
}
