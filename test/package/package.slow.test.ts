import { symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { examples } from "../../generated/examples.js";
import type * as Package from "../../src/index.js";
import type { AnyPeakaError } from "../../src/index.js";
import type * as UndiciEntry from "../../src/undici.js";
import { failures, failuresOf } from "../tools/each-failure.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { createService, root, type Service } from "./service.js";

/** One format of the installed package. */
interface Copy {
  readonly peaka: typeof Package;
  readonly undici: typeof UndiciEntry;
}

/** All that each bundle imports. */
const entries = {
  index: ["openapi-fetch"],
  testing: [],
  undici: ["node:events", "node:stream", "node:zlib", "undici"],
};
const bundles = Object.entries(entries).flatMap(([name, imports]) =>
  ["cjs", "js"].map((extension) => ({ file: `dist/${name}.${extension}`, imports })),
);
const files = bundles.map(({ file }) => file);
let service: Service;

beforeAll(async () => {
  service = await createService();
}, 300_000);
afterAll(() => service.remove());

describe("the packed file", () => {
  test("holds the build, the documents that a service needs, and nothing else", () => {
    const tops = new Set([...service.files.keys()].map((file) => file.split("/")[0]));
    const documents = ["CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md"];
    const folders = ["dist", "generated", "package.json", "src", "undici"];
    expect([...tops].sort()).toEqual([...documents, ...folders]);
  });

  test("has one JavaScript file with its source map for each entry and format", () => {
    const built = [...service.files.keys()].filter((file) => /^dist\/[^/]+$/.test(file));
    expect(built.sort()).toEqual(files.flatMap((file) => [file, `${file}.map`]));
  });

  test("has every file that its package.json points to", () => {
    const { exports, main, module, types } = service.manifest();
    const targets = stringsIn([exports, main, module, types]).map((file) => file.replace("./", ""));
    expect(targets).toEqual(expect.arrayContaining(files));
    expect([...service.files.keys()]).toEqual(expect.arrayContaining(targets));
  });

  test("imports only its dependencies, which are pinned, and runs nothing on installation", () => {
    const { dependencies, scripts } = service.manifest();
    expect(Object.keys(dependencies)).toEqual(entries.index);
    for (const { file, imports } of bundles) {
      const { importedFiles } = ts.preProcessFile(service.read(file), true, true);
      const names = importedFiles.map(({ fileName }) => fileName);
      expect([...new Set(names)].sort()).toEqual(imports);
    }
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(scripts).filter((name) => /install|^prepare$/.test(name))).toEqual([]);
  });

  test("declares nothing that services cannot import", () => {
    const declared = [...service.files.keys()].filter((file) => file.endsWith(".d.ts"));
    expect(declared.length).toBeGreaterThan(10);
    for (const file of declared) {
      const text = service.read(file);
      expect(text, file).not.toMatch(/@internal|openapi-fetch/);
    }
  });

  test("has no value of the spec's examples in its code", () => {
    const values = stringsIn(examples).filter((value) => value.length >= 8);
    expect(values.length).toBeGreaterThan(0);
    for (const file of files) {
      for (const value of values) expect(service.read(file)).not.toContain(value);
    }
  });

  test("names no folder of the machine that built it", () => {
    for (const [file, text] of service.files) {
      for (const folder of [root, service.folder]) expect(text.includes(folder), file).toBe(false);
    }
  });
});

describe.each([
  ["ECMAScript modules", "main.mjs", 'import { createPeakaClient } from "peaka-client";'],
  ["CommonJS", "main.cjs", 'const { createPeakaClient } = require("peaka-client");'],
])("a service in %s", (_, file, importing) => {
  test("changes a connection with the installed package", async () => {
    const gateway = await start();
    const source = `${importing}
      const peaka = createPeakaClient({ baseUrl: process.env.BASE_URL });
      peaka
        .updateConnection(JSON.parse(process.env.UPDATE))
        .then((connection) => console.log(JSON.stringify(connection)));`;
    const printed = await service.run(file, source, {
      PEAKA_API_KEY: "partner-key",
      BASE_URL: gateway.baseUrl,
      UPDATE: JSON.stringify(exampleUpdate),
    });
    const { name, type, credential } = exampleUpdate.body;
    const id = exampleUpdate.connectionId;
    expect(JSON.parse(printed)).toMatchObject({ id, name, type });
    expect(gateway.connections.get(id)).toMatchObject({ name, type, credential });
  });
});

describe("the ECMAScript module and the CommonJS module in one process", () => {
  let copies: Record<"esm" | "cjs", Copy>;

  beforeAll(async () => {
    await symlink(
      path.join(root, "node_modules/undici"),
      path.join(service.folder, "node_modules/undici"),
    );
    // Node alone loads it: a test's own import would be that of the test runner.
    const main = await service.write(
      "copies.cjs",
      `exports.esm = async () => ({
        peaka: await import("peaka-client"),
        undici: await import("peaka-client/undici"),
      });
      exports.cjs = { peaka: require("peaka-client"), undici: require("peaka-client/undici") };`,
    );
    const loaded = createRequire(main)(main) as { esm: () => Promise<Copy>; cjs: Copy };
    copies = { esm: await loaded.esm(), cjs: loaded.cjs };
  });

  test("export the same names, each of its own", () => {
    const { esm, cjs } = copies;
    expect(Object.keys(cjs.peaka).sort()).toEqual(Object.keys(esm.peaka).sort());
    expect(esm.peaka.createPeakaClient).not.toBe(cjs.peaka.createPeakaClient);
    expect(esm.peaka.zones).toEqual(cjs.peaka.zones);
  });

  test.each(Object.keys(failures) as AnyPeakaError["name"][])(
    "know each other's %s, and say the same",
    async (name) => {
      const { esm, cjs } = copies;
      const told = [];
      for (const [own, other] of [
        [esm, cjs],
        [cjs, esm],
      ] as const) {
        const error = await failuresOf(({ baseUrl }, options) =>
          own.peaka.createPeakaClient({ baseUrl, apiKey: "partner-key", ...options }),
        )[name]();
        expect([own, other].map(({ peaka }) => peaka.isPeakaError(error))).toEqual([true, true]);
        expect(error).toBeInstanceOf(own.peaka[name]);
        expect(error).toBeInstanceOf(own.peaka.PeakaError);
        expect(error).not.toBeInstanceOf(other.peaka.PeakaError);
        told.push(inspect(error).replace(/127\.0\.0\.1:\d+|[\da-f-]{36}|port: \d+|\n +at .*/g, ""));
      }
      expect(told[1]).toBe(told[0]);
    },
  );

  test("work in another realm that has no more than that of jsdom, and know its errors", async () => {
    const module = { exports: {} as Copy["peaka"] };
    // No fetch, Response, TextDecoder, TextEncoder and Blob.
    const found = {
      URL,
      Headers,
      AbortController,
      performance,
      setTimeout,
      clearTimeout,
      atob,
      btoa,
    };
    const require = createRequire(path.join(service.folder, "package.json"));
    runInNewContext(service.read("dist/index.cjs"), { ...found, module, require });
    const [token = ""] = stringsIn(exampleUpdate.body.credential);
    const answers = [
      { status: 200, text: '{"id":"1"}' },
      { status: 400, text: JSON.stringify({ message: `no ${btoa(token)}, no ${token} %C3%A9` }) },
    ];
    const headers = new Headers({ "content-type": "application/json" });
    const peaka = module.exports.createPeakaClient({
      apiKey: "partner-key",
      fetch: () => {
        const { status = 0, text = "" } = answers.shift() ?? {};
        return Promise.resolve({ status, headers, text: () => Promise.resolve(text) });
      },
    });
    await expect(peaka.updateConnection(exampleUpdate)).resolves.toEqual({ id: "1" });
    const error = await peaka.updateConnection(exampleUpdate).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(Error);
    expect(copies.esm.peaka.isPeakaError(error)).toBe(true);
    expect(error).toMatchObject({
      status: 400,
      body: { message: "no [redacted], no [redacted] %C3%A9" },
    });
  });

  test.each(["esm", "cjs"] as const)("the client of %s works over undici of both", async (one) => {
    const gateway = await start();
    const { peaka } = copies[one];
    for (const { undici } of Object.values(copies)) {
      const fetch = undici.undiciFetch();
      onTestFinished(() => fetch.close());
      const { baseUrl } = gateway;
      const client = peaka.createPeakaClient({ baseUrl, apiKey: "partner-key", fetch });
      await expect(client.updateConnection(exampleUpdate)).resolves.toMatchObject({
        id: exampleUpdate.connectionId,
      });
    }
  });
});

test("a bundler keeps nothing of a package that is imported and not used", async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'import "peaka-client";', resolveDir: service.folder },
    absWorkingDir: service.folder,
    bundle: true,
    format: "esm",
    // It says that it drops the import, which is what is wanted.
    logLevel: "error",
    write: false,
  });
  expect(outputFiles.map(({ text }) => text)).toEqual([""]);
});

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
