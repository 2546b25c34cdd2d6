import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:https";
import { connect } from "node:net";
import path from "node:path";
import { inspect } from "node:util";
import { generate } from "selfsigned";
import ts from "typescript";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { onTestFinished } from "vitest";
import { examples } from "../../generated/examples.js";
import { zones } from "../../generated/spec.js";
import * as api from "../../src/index.js";
import { createTestGateway, type Fault, type TestGateway } from "../../src/testing/index.js";
import { kept } from "../tools/arrivals.js";
import { ofAnotherApi } from "../tools/departures.js";
import { listen } from "../tools/listen.js";

vi.mock("msw", () => ({
  http: { all: (_: string, answer: unknown) => answer },
  HttpResponse: Response,
}));
vi.mock("msw/node", () => ({ setupServer: (...answers: unknown[]) => answers }));
vi.mock("@opentelemetry/api", () => ({ SpanKind: { CLIENT: 2 }, SpanStatusCode: { ERROR: 2 } }));

const root = path.join(import.meta.dirname, "../..");
const readText = (file: string) => readFile(path.join(root, file), "utf8");
const readme = await readText("README.md");
const docs = (await readdir(path.join(root, "docs"))).filter((name) => name.endsWith(".md")).sort();
const texts = [readme, ...(await Promise.all(docs.map((name) => readText(`docs/${name}`))))];
/** The snippets of the README and of docs/, each a module of its own. */
const snippets = [...texts.join("\n").matchAll(/^```ts\n(.*?)^```$/gms)].map(
  ([, code = ""]) => code,
);

let folder: string;
const fileOf = (index: number) => path.join(folder, `snippet-${index}.ts`);

beforeAll(async () => {
  const temporary = path.join(root, ".tmp");
  await mkdir(temporary, { recursive: true });
  folder = await mkdtemp(path.join(temporary, "readme-"));
  const { exports } = JSON.parse(await readText("package.json")) as {
    exports: Record<string, { import: { types: string } }>;
  };
  for (const [index, code] of snippets.entries()) {
    // Of an entry, the sources in place of the declarations that are built of them.
    const source = code.replace(/"peaka-client(.*)"/g, (_, entry) => {
      const { types = "" } = exports[`.${entry}`]?.import ?? {};
      return JSON.stringify(types.replace("./dist/types/esm", "../..").replace(".d.ts", ".js"));
    });
    await writeFile(fileOf(index), source);
  }
});
afterAll(() => rm(folder, { recursive: true }));

test("the README has at most 170 lines", () => {
  expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(170);
});

test("the snippets compile", () => {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), (name) =>
    ts.sys.readFile(name),
  ) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = snippets.map((_, index) => fileOf(index));
  const standIns = path.join(import.meta.dirname, "stand-ins.d.ts");
  const program = ts.createProgram([...files, standIns], options);
  const problems = files.flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)),
  );
  expect(problems.map(({ messageText }) => messageText)).toEqual([]);
});

test("the README names every zone, option and error", () => {
  for (const zone of Object.keys(zones)) expect(readme).toContain(`\`${zone}\``);
  const errors = Object.keys(api).filter((name) => /^Peaka\w+Error$/.test(name));
  expect(errors).toContain("PeakaUsageError");
  for (const name of errors) expect(readme).toContain(`\`${name}\``);
  // TypeScript says when this list is not whole.
  const options: Record<keyof api.PeakaClientOptions, true> = {
    apiKey: true,
    zone: true,
    baseUrl: true,
    timeoutMs: true,
    maxRetries: true,
    fetch: true,
    onAttempt: true,
  };
  expect(rowsOf("option")).toEqual(Object.keys(options));
  const ofCall: Record<keyof api.CallOptions, true> = {
    signal: true,
    timeoutMs: true,
    maxRetries: true,
    onAttempt: true,
  };
  expect(readme).toContain(`\`{ ${Object.keys(ofCall).join(", ")} }\``);
});

describe("the snippets", () => {
  let gateway: TestGateway;
  const token = "sk_test_a_new_token";
  const wrong = "sk_test_a_wrong_token";
  const { projectId, connectionId } = examples.updateConnection.parameters;
  const place = { projectId, connectionId };
  const printed: unknown[] = [];

  beforeEach(() => {
    vi.stubEnv("PEAKA_API_KEY", "partner-key");
    vi.spyOn(console, "error").mockImplementation((...values) => void printed.push(...values));
    const credential = { token: "sk_test_an_old_token" };
    gateway = createTestGateway({
      apiKey: "partner-key",
      connections: [{ id: connectionId, projectId, name: "old", type: "stripe", credential }],
      acceptsCredential: ({ token }) => token !== wrong,
    });
    vi.stubGlobal("fetch", kept(gateway.fetch));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    expect(inspect(printed, { depth: null, showHidden: true })).not.toMatch(/sk_test|partner-key/);
    printed.length = 0;
  });

  const connection = () => gateway.connection(connectionId);
  const peaka = () => api.createPeakaClient({ zone: "eu" });

  test("change a connection", async () => {
    await expect(run("renewToken", token)).resolves.toMatchObject({ type: "stripe" });
    expect(connection()).toMatchObject({ credential: { token } });
  });

  test("read the API key from a file", async () => {
    expect(await load("peaka.key")).toHaveProperty("peaka.baseUrl", zones.eu);
  });

  test("rotate a token, and tell which one is in use", async () => {
    await expect(run("rotate", peaka(), place, token)).resolves.toBe("new");
    const rotated = { name: "old", type: "stripe", credential: { token } };
    expect(connection()).toMatchObject(rotated);
    await expect(run("rotate", peaka(), place, wrong)).resolves.toBe("old");
    gateway.next({ status: 200, body: {} });
    const unsent = run("rotate", peaka(), place, "sk_test_unsent");
    await expect(unsent).rejects.toThrow("no name or no type");
    expect(connection()).toMatchObject(rotated);
    expect(printed).toHaveLength(1);
  });

  test.each<[Fault, answer: "old" | "either", inPlace: "new" | "old"]>([
    ["refuse", "old", "old"],
    ["break", "either", "old"],
    ["lose-answer", "either", "new"],
    ["apply-late", "either", "new"],
    ["silence", "either", "old"],
    ["redirect", "either", "old"],
    ["html", "either", "old"],
    ["broken-body", "either", "new"],
    ["endless-body", "either", "new"],
    ["echo", "old", "old"],
    [{ status: 429, retryAfter: 60 }, "old", "old"],
    [{ status: 504, applied: true }, "either", "new"],
  ])("rotate a token through %j: %s", async (fault, answer, inPlace) => {
    const { rotate } = await load("function rotate");
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    gateway.when(({ operation }) => operation === "updateConnection", fault);
    const told = rotate?.(peaka(), place, token);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await told).toBe(answer);
    await gateway.settled();
    expect(connection()?.credential.token === token ? "new" : "old").toBe(inPlace);
  });

  test("test a service", async () => {
    const { gateway, peaka } = (await load("gateway.next(")) as unknown as Tested;
    const place = { projectId: "p", connectionId: "c" };
    expect(await run("rotate", peaka, place, token)).toBe("either");
    expect(gateway.requests).toMatchObject([{ operation: "getConnection" }, { applied: true }]);
    expect(gateway.connection("c")).toMatchObject({ credential: { token } });
  });

  test("test a service with msw", async () => {
    const { gateway, server } = (await load('from "msw/node"')) as unknown as Tested;
    const ask = server[0] as (at: { request: Request }) => Promise<Response>;
    const headers = { authorization: `Bearer ${gateway.apiKey}` };
    const url = `${zones.us}/connections/p/c`;
    const put = { method: "PUT", headers, body: '{"credential":{"token":"t"}}' };
    expect((await ask({ request: new Request(url, put) })).status).toBe(200);
    expect(gateway.connection("c")?.credential).toEqual({ token: "t" });
    gateway.next("break");
    expect((await ask({ request: new Request(url, { headers }) })).type).toBe("error");
  });

  test("call through a proxy, and Peaka on hosts of one's own, over HTTP/1.1", async () => {
    ofAnotherApi();
    const host = new URL(zones.eu).hostname;
    const altNames = [{ type: 2, value: host } as const, { type: 7, ip: "127.0.0.1" } as const];
    const { private: key, cert } = await generate([{ name: "commonName", value: "own" }], {
      ...{ keyType: "ec", algorithm: "sha256" },
      extensions: [{ name: "subjectAltName", altNames }],
    });
    const caFile = path.join(folder, "ca.pem");
    await writeFile(caFile, cert);
    const urls: unknown[] = [];
    // Whoever offers HTTP/2 gets it, and is not understood.
    const settings = { key, cert, ALPNProtocols: ["h2", "http/1.1"] };
    const server = createServer(settings, ({ url }, response) => {
      urls.push(url);
      // Closed, since a proxy that closes waits for its tunnels.
      const headers = { "content-type": "application/json", connection: "close" };
      response.writeHead(200, headers).end("{}");
    });
    const { host: at, port } = new URL(await listen(server));
    const proxy = createHttpServer().on("connect", ({ url }, socket) => {
      urls.push(url);
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(connect(Number(port), "127.0.0.1")).pipe(socket);
    });
    vi.stubEnv("HTTPS_PROXY", await listen(proxy));
    const proxied = (await run("createProxiedClient", caFile)) as api.PeakaClient;
    await proxied.getConnection(place);
    const own = (await run("createOwnClient", `https://${at}`, caFile)) as api.PeakaClient;
    await own.getConnection(place);
    const below = `/api/v1/connections/${projectId}/${connectionId}`;
    expect(urls).toEqual([`${host}:443`, below, `/partner${below}`]);
  });

  test("log the attempts of a call", async () => {
    const [info, warn] = [vi.fn(), vi.fn()];
    const logger = { info, warn, child: (fields: unknown) => printed.push(fields) && logger };
    const body = { name: "new", type: "stripe", credential: { token } };
    await run("update", logger, connectionId, body);
    const refused = run("update", logger, connectionId, { ...body, credential: { token: wrong } });
    await expect(refused).rejects.toThrow("INVALID_CREDENTIALS");
    expect(printed).toEqual([{ connectionId }, { connectionId }]);
    printed.push(...info.mock.calls, ...warn.mock.calls);
    const line = { operation: "updateConnection", zone: "eu", attempt: 1, status: 200 };
    expect(info.mock.calls).toMatchObject([[{ ...line, outcome: "applied" }, "changed"]]);
    const err = { code: "INVALID_CREDENTIALS" };
    expect(warn.mock.calls).toMatchObject([[{ ...line, status: 400, err }, "an attempt failed"]]);
  });

  test("give a call a span with its attempts", async () => {
    const names = ["setAttribute", "addEvent", "recordException", "setStatus", "end"] as const;
    const made =
      (name: string) =>
      (...given: unknown[]) =>
        printed.push([name, ...given]);
    const span = Object.fromEntries(names.map((name) => [name, made(name)]));
    const tracer = {
      startActiveSpan: (_: unknown, __: unknown, go: (_: unknown) => unknown) => go(span),
    };
    const { updateConnection } = api.createPeakaClient({ zone: "eu" });
    const body = { name: "new", type: "stripe", credential: { token: wrong } };
    const change = (options: api.CallOptions) => updateConnection({ ...place, body }, options);
    const refused = run("inSpan", tracer, "updateConnection", change);
    await expect(refused).rejects.toThrow("INVALID_CREDENTIALS");
    const event = { "http.response.status_code": 400, "peaka.outcome": "not-applied" };
    expect(printed).toMatchObject([
      ["setAttribute", "http.request.resend_count", 0],
      ["addEvent", "attempt", event],
      ["recordException", { code: "INVALID_CREDENTIALS" }],
      ["setStatus", { code: 2 }],
      ["end"],
    ]);
  });

  type Tested = Record<"gateway", TestGateway> & { peaka: api.PeakaClient; server: unknown[] };
  type Exports = Record<string, ((...given: unknown[]) => unknown) | undefined>;
  const load = async (mark: string) =>
    (await import(fileOf(snippets.findIndex((code) => code.includes(mark))))) as Exports;
  const run = async (name: string, ...given: unknown[]) =>
    (await load(`function ${name}`))[name]?.(...given);
});

test("the README's table of compatibility names what the matrices run", async () => {
  const readJson = async (file: string) =>
    JSON.parse(await readFile(path.join(root, file), "utf8")) as Record<string, object>;
  const { devDependencies: runtimes = {} } = await readJson(
    "test/package/runtimes/tools/package.json",
  );
  const { devDependencies: types = {} } = await readJson(
    "test/package/type-matrix/tools/package.json",
  );
  const minorsOf = (start: string, tools = runtimes) =>
    Object.entries<string>(tools as Record<string, string>)
      .filter(([tool]) => tool.startsWith(start))
      .map(([, pinned]) => pinned.replace(/.*@(\d+\.\d+).*/, "$1"));
  const [date = ""] = /\d{8}/.exec(minorsOf("workerd").join()) ?? [];
  const rows = readme.split("\n").map((line) => line.split("|")[1]?.trim());
  expect(rows).toEqual(
    expect.arrayContaining([
      `Node ${minorsOf("node-2")
        .sort()
        .map((version) => version.replace(/^(2[^0])\..*/, "$1"))
        .join(", ")}`,
      `Bun ${minorsOf("bun").join()}; Deno ${minorsOf("deno").join()}`,
      `workerd ${date.replace(/^(....)(..)(..)$/, "$1-$2-$3")}`,
      `TypeScript ${minorsOf("typescript", types).join(", ")}`,
    ]),
  );
  const { engines } = await readJson("package.json");
  expect(engines).toEqual({ node: `>=${minorsOf("node-20-lowest").join()}` });
});

/** The first column of the table whose first heading this is. */
function rowsOf(heading: string): string[] {
  const [, table = ""] = readme.split(new RegExp(`^\\| ${heading} .*\n\\|.*\n`, "m"));
  const [rows = ""] = table.split("\n\n");
  return [...rows.matchAll(/^\| `(\w+)`/gm)].map(([, name = ""]) => name);
}
