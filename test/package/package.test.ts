import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { startGateway } from "../tools/gateway/gateway.js";
import { exampleConnections, exampleUpdate } from "../tools/gateway/seeds.js";
import { describeEditor } from "./packed/in-an-editor.js";
import { createService, root, type Service } from "./packed/service.js";
import { describeTwoCopies } from "./packed/two-copies.js";
import { typeCheck } from "./packed/type-check.js";

/** What each bundle is made from, and all that it imports. */
const entries = {
  index: { source: "../src/client.ts", imports: ["openapi-fetch"] },
  undici: { source: "../src/undici.ts", imports: ["node:stream", "node:zlib", "undici"] },
};
const bundles = Object.entries(entries).flatMap(([name, entry]) =>
  ["cjs", "js"].map((extension) => ({ file: `dist/${name}.${extension}`, ...entry })),
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
    const folders = ["dist", "generated", "package.json", "src"];
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
    expect(Object.keys(dependencies)).toEqual(entries.index.imports);
    for (const { file, imports } of bundles) {
      const { importedFiles } = ts.preProcessFile(service.read(file), true, true);
      expect(importedFiles.map(({ fileName }) => fileName)).toEqual(imports);
    }
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(scripts).filter((name) => /install|^prepare$/.test(name))).toEqual([]);
  });

  test("has source maps that name the facade and the facts of the spec, which it holds", () => {
    for (const { file, source } of bundles) {
      const { sources, sourcesContent } = JSON.parse(service.read(`${file}.map`)) as SourceMap;
      expect(sources).toContain(source);
      for (const name of sources) {
        expect(name).toMatch(/^\.\.\/(?:src\/[\w-]+|generated\/spec)\.ts$/);
        expect([...service.files.keys()]).toContain(name.slice("../".length));
      }
      expect(sourcesContent ?? []).not.toContainEqual(expect.any(String));
    }
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
    const apiKey = "partner-key";
    const gateway = await startGateway({
      apiKeys: [{ key: apiKey }],
      connections: exampleConnections(),
    });
    const source = `${importing}
      const peaka = createPeakaClient({ baseUrl: process.env.BASE_URL });
      peaka
        .updateConnection(JSON.parse(process.env.UPDATE))
        .then((connection) => console.log(JSON.stringify(connection)));`;
    try {
      const printed = await service.run(file, source, {
        PEAKA_API_KEY: apiKey,
        BASE_URL: gateway.baseUrl,
        UPDATE: JSON.stringify(exampleUpdate),
      });
      const { name, type, credential } = exampleUpdate.body;
      const id = exampleUpdate.connectionId;
      expect(JSON.parse(printed)).toMatchObject({ id, name, type });
      expect(gateway.connections.get(id)).toMatchObject({ name, type, credential });
      expect(gateway.violations).toEqual([]);
    } finally {
      await gateway.close();
    }
  });
});

describe("the ECMAScript module and the CommonJS module in one process", () => {
  describeTwoCopies(() => service);
});

describe("an editor in a service", { timeout: 60_000 }, () => {
  describeEditor(() => service);
});

describe("TypeScript in a service", { timeout: 60_000 }, () => {
  const source = `import { createPeakaClient, isPeakaError, type Connection, type Zone } from "peaka-client";

    export const zone: Zone = "eu";
    const peaka = createPeakaClient({ zone, apiKey: () => Promise.resolve("key") });
    // @ts-expect-error: no such zone
    createPeakaClient({ zone: "moon" });

    export async function rename(connectionId: string, name: string): Promise<string | undefined> {
      try {
        const connection: Connection = await peaka.updateConnection(
          { projectId: "p", connectionId, body: { name, type: "stripe", credential: { token: "t" } } },
          { timeoutMs: 1_000 },
        );
        // @ts-expect-error: a parameter is missing
        await peaka.updateConnection({ projectId: "p", body: { name } });
        return connection.name;
      } catch (error) {
        return isPeakaError(error) && error.name === "PeakaApiError" ? error.code : undefined;
      }
    }
  `;

  // Node16 refuses an ECMAScript module in a CommonJS one; NodeNext is what new services use.
  test.each(["Node16", "NodeNext"] as const)("accepts the package under %s", async (kind) => {
    const sources = [
      await service.write("main.mts", source),
      await service.write("main.cts", source),
    ];
    const { problems, declarations } = typeCheck(sources, {
      types: ["node"],
      lib: ["lib.es2022.d.ts"],
      module: ts.ModuleKind[kind],
    });
    expect(problems).toEqual([]);
    const { installed } = service;
    expect(declarations).toContain(`${installed}/dist/types/esm/src/index.d.ts`);
    expect(declarations).toContain(`${installed}/dist/types/cjs/src/index.d.ts`);
  });

  test("accepts the package for a bundler and a browser, without Node's types", async () => {
    const file = await service.write("main.ts", source);
    const { problems } = typeCheck([file], {
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    });
    expect(problems).toEqual([]);
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

interface SourceMap {
  sources: string[];
  sourcesContent?: unknown[];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
