import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { examples } from "../../generated/examples.js";
import { zones } from "../../generated/spec.js";
import * as api from "../../src/index.js";
import { startGateway, type Gateway } from "../tools/gateway/gateway.js";

const root = path.join(import.meta.dirname, "../..");
const readme = await readFile(path.join(root, "README.md"), "utf8");
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

/** The snippets as modules, by their place in the README. */
let folder: string;
const fileOf = (index: number) => path.join(folder, `snippet-${index}.ts`);

beforeAll(async () => {
  const temporary = path.join(root, ".tmp");
  await mkdir(temporary, { recursive: true });
  folder = await mkdtemp(path.join(temporary, "readme-"));
  for (const [index, code] of snippets.entries()) {
    await writeFile(fileOf(index), code.replace('"peaka-client"', '"../../src/index.js"'));
  }
});
afterAll(() => rm(folder, { recursive: true }));

test("the README has at most 150 lines", () => {
  expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
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
});

describe("the README's snippets", () => {
  let gateway: Gateway;
  const token = "sk_test_a_new_token";
  const wrong = "sk_test_a_wrong_token";
  const printed: unknown[] = [];

  beforeEach(async () => {
    vi.stubEnv("PEAKA_API_KEY", "partner-key");
    vi.spyOn(console, "error").mockImplementation((...values) => void printed.push(...values));
    const { projectId, connectionId } = examples.updateConnection.parameters;
    gateway = await startGateway({
      zone: "eu",
      apiKey: "partner-key",
      connections: [{ id: connectionId, projectId, name: "old", type: "stripe", credential: {} }],
      acceptsCredential: (credential) => credential.token !== wrong,
    });
    vi.stubGlobal("fetch", forwardTo(gateway));
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await gateway.close();
  });

  const credential = () => [...gateway.connections.values()].map((one) => one.credential);

  test("change a connection", async () => {
    const { renewToken } = await load<{ renewToken: (token: string) => Promise<api.Connection> }>(
      "function renewToken",
    );
    await expect(renewToken(token)).resolves.toMatchObject({ type: "stripe" });
    expect(credential()).toEqual([{ token }]);
  });

  test("read the API key from a file", async () => {
    const { peaka } = await load<{ peaka: api.PeakaClient }>("peaka.key");
    expect(peaka.baseUrl).toBe(zones.eu);
  });

  test("rotate a token, and tell which one is in use", async () => {
    const { rotate } = await load<{ rotate: (token: string) => Promise<string> }>(
      "function rotate",
    );
    await expect(rotate(token)).resolves.toBe("new");
    expect(credential()).toEqual([{ token }]);
    expect(printed).toEqual([]);

    await expect(rotate(wrong)).resolves.toBe("old");
    expect(credential()).toEqual([{ token }]);

    gateway.fail("lose-answer", "lose-answer", "lose-answer");
    await expect(rotate("sk_test_a_newer_token")).resolves.toBe("either");
    expect(credential()).toEqual([{ token: "sk_test_a_newer_token" }]);

    expect(printed).toHaveLength(2);
    expect(inspect(printed, { depth: null, showHidden: true })).not.toMatch(/sk_test|partner-key/);
  });

  async function load<Exports>(mark: string): Promise<Exports> {
    const index = snippets.findIndex((code) => code.includes(mark));
    return (await import(fileOf(index))) as Exports;
  }
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
      `Node ${minorsOf("node")
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

/** A `fetch` for the zone of a gateway: nothing leaves this machine. */
function forwardTo({ zone, baseUrl }: Gateway): api.Fetch {
  const { fetch } = globalThis;
  return (url, init) => {
    if (!url.startsWith(zones[zone])) throw new Error(`a snippet calls ${url}`);
    return fetch(url.replace(zones[zone], baseUrl), init);
  };
}

/** The first column of the table whose first heading this is. */
function rowsOf(heading: string): string[] {
  const [, table = ""] = readme.split(new RegExp(`^\\| ${heading} .*\n\\|.*\n`, "m"));
  const [rows = ""] = table.split("\n\n");
  return [...rows.matchAll(/^\| `(\w+)`/gm)].map(([, name = ""]) => name);
}
