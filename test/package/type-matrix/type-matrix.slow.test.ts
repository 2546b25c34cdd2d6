import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { cp, mkdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../../scripts/openapi/json.js";
import { documentWith, generated, jsonOf } from "../../pipeline/generate/harness.js";
import { installTools } from "../../tools/tools.js";
import { completed, explained, openEditor, openNativeEditor, type Editor } from "../editor.js";
import { createService, root, type Service } from "../service.js";

const versions = [5.4, 5.9, 6.0, 7.0];

/** How a service is compiled, with which versions that is possible, and what it must reach. */
const settings = {
  nodenext: { resolution: "nodenext", extensions: ["mts", "cts"], from: 5, before: 8 },
  node16: { resolution: "node16", extensions: ["cts"], from: 5, before: 8 },
  esnext: { resolution: "bundler", extensions: ["mts"], from: 5, before: 8 },
  commonjs: { resolution: "bundler", extensions: ["cts"], from: 6, before: 8 },
  "commonjs, node10": { resolution: "node10", extensions: ["cts"], from: 5, before: 7 },
};

/** What declares `fetch`, `Response` and `AbortSignal` to a service. */
const globals = {
  "Node's types": { lib: ["ES2022"], typeRoots: ["types/node-20"] },
  "Node 26's types": { lib: ["ES2022"], typeRoots: ["types/node-26"] },
  DOM: { lib: ["ES2022", "DOM"], typeRoots: [] },
  "DOM and Node's types": { lib: ["ES2022", "DOM"], typeRoots: ["types/node-20"] },
  nothing: { lib: ["ES2022"], typeRoots: [] },
};

/** Among them the oldest undici that is allowed, the one of this repository, and the newest. */
const rows: readonly Row[] = [
  ["nodenext", "Node's types"],
  ["nodenext", "Node 26's types"],
  ["nodenext", "DOM"],
  ["nodenext", "DOM and Node's types"],
  ["nodenext", "nothing"],
  ["node16", "Node's types"],
  ["esnext", "DOM"],
  ["commonjs", "Node's types"],
  ["nodenext", "Node's types", "undici-6"],
  ["nodenext", "Node's types", "undici-8"],
  ["commonjs, node10", "Node's types", "undici-7"],
];
type Row = readonly [keyof typeof settings, keyof typeof globals, undici?: string];

let service: Service;
let tools: string;
const readme = await readFile(path.join(root, "README.md"), "utf8");
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

beforeAll(async () => {
  const manifests = fileURLToPath(new URL("tools", import.meta.url));
  tools = realpathSync(await installTools(manifests, path.join(root, ".types")));
  service = await createService();
  for (const types of ["node-20", "node-26"]) {
    await mkdir(path.join(service.folder, "types", types), { recursive: true });
    await symlink(path.join(tools, types), path.join(service.folder, "types", types, "node"));
  }
  for (const name of ["service", "undici"]) {
    const file = fileURLToPath(new URL(`consumers/${name}.ts`, import.meta.url));
    // In the repository they import its sources, and are linted and type-checked with them.
    const source = (await readFile(file, "utf8"))
      .replaceAll('"../../../../src/index.js"', '"peaka-client"')
      .replaceAll(/"(?:\.\.\/)+src\/(undici|testing)(?:\/index)?\.js"/g, '"peaka-client/$1"');
    for (const extension of ["mts", "cts"]) await service.write(`${name}.${extension}`, source);
  }
  await service.write(
    "default.mts",
    `// @ts-expect-error: there is no default export
     export { default } from "peaka-client";`,
  );
  await service.write(
    "required.cts",
    `import peaka = require("peaka-client");
     export const client: peaka.PeakaClient = peaka.createPeakaClient({ zone: peaka.defaultZone });
     // @ts-expect-error: what stands below the entries is not for import
     export * from "peaka-client/dist/index.cjs";`,
  );
  await service.write(
    "node-fetch.mts",
    `import fetch from "node-fetch";
     import { createPeakaClient, type Fetch } from "peaka-client";
     export const plain = createPeakaClient({ fetch });
     export const wrapped: Fetch = (url, init) => fetch(url, init);`,
  );
  for (const [index, code] of snippets.entries()) await service.write(`readme-${index}.mts`, code);
}, 600_000);
afterAll(() => service.remove());

const all = versions.flatMap((version) => rows.map((row) => ({ version, row })));
test.each(all.map((one) => [`${one.version.toFixed(1)}, ${one.row.join(", ")}`, one] as const))(
  "TypeScript %s",
  async (_, { version, row: [setting, globalsName, undici] }) => {
    const { resolution, extensions, from, before } = settings[setting];
    const names = undici ? ["service", "undici"] : ["service"];
    const files = names.flatMap((name) => extensions.map((extension) => `${name}.${extension}`));
    // TypeScript lets CommonJS import a default that no declaration has.
    if (setting === "nodenext") files.push("default.mts", "required.cts");
    if (undici && setting === "nodenext") files.push("node-fetch.mts");
    if (files.length > 2 && globalsName === "Node's types") {
      files.push(...snippets.map((_, index) => `readme-${index}.mts`));
    }
    const { problems, read } = await compile(version, files, {
      ...{ module: setting.split(",")[0], moduleResolution: resolution },
      ...{ ...globals[globalsName], types: globals[globalsName].typeRoots.map(() => "node") },
      ...(undici && { paths: pathsOf({ undici, "node-fetch": "node-fetch/@types" }) }),
      ...(version === 6 && resolution === "node10" && { ignoreDeprecations: "6.0" }),
    });
    if (version < from || version >= before) {
      // Else the table above would leave out what services can have.
      expect(problems.join()).toMatch(/error TS5\d{3}:/);
      return;
    }
    const declarations = path.join(service.installed, "dist/types");
    for (const extension of extensions) {
      const format = extension === "cts" ? "cjs" : "esm";
      expect(read).toContain(path.join(declarations, format, "src/index.d.ts"));
    }
    // Types of a dependency would be checked by every service, and could break with any release.
    const isStrange = (file: string) =>
      ![declarations, tools].some((folder) => file.startsWith(folder + path.sep)) &&
      path.dirname(file) !== service.folder;
    expect(read.filter(isStrange)).toEqual([]);
    if (globalsName === "nothing") {
      const ours = problems.filter((problem) => problem.startsWith("node_modules/"));
      expect(ours.length).toBeGreaterThan(0);
      for (const problem of ours) {
        expect(problem).toMatch(/Cannot find name '(?:RequestInit|Response|AbortSignal)'/);
      }
    } else {
      // Old versions of TypeScript do not understand all of Node's own types.
      const isOfTools = (problem: string) =>
        path.resolve(service.folder, problem).startsWith(tools + path.sep);
      expect(problems.filter((problem) => !isOfTools(problem))).toEqual([]);
    }
  },
);

test("a client of 1,500 operations compiles with each TypeScript", async () => {
  const schema = { $ref: "#/components/schemas/Connection" };
  const get = (index: number) => ({
    ...{ operationId: `getThing${index}`, parameters: [{ name: "page", in: "query", schema }] },
    responses: { "200": { description: "done", ...jsonOf(schema) } },
  });
  const paths = Array.from({ length: 1500 }, (_, index) => [`/a${index}`, { get: get(index) }]);
  const document = documentWith({
    paths: Object.fromEntries(paths) as JsonObject,
    components: { schemas: { Connection: {}, ConnectionRequest: {} } },
  });
  const { files } = await generated(document);
  const copy = path.join(service.folder, "many");
  await cp(path.join(service.installed, "dist/types/esm/src"), path.join(copy, "src"), {
    recursive: true,
  });
  await mkdir(path.join(copy, "generated"));
  for (const [name, text] of files) await service.write(`many/generated/${name}`, text);
  await service.write(
    "many.mts",
    `import { createPeakaClient, type PeakaClient } from "./many/src/index.js";
     const peaka = createPeakaClient();
     export const result = peaka.getThing1499({ page: 1 }, { maxRetries: 0 });
     export const stub: Pick<PeakaClient, "getThing7"> = { ...peaka };
     // @ts-expect-error: there are no more
     export const more = peaka.getThing1500;`,
  );
  for (const version of versions) {
    const options = { module: "nodenext", types: ["node"], ...globals["Node's types"] };
    const { problems } = await compile(version, ["many.mts"], options);
    expect(problems.filter((problem) => /^many/.test(problem))).toEqual([]);
  }
});

describe.each(versions)("an editor of TypeScript %f", (version) => {
  let editor: Editor;
  beforeAll(async () => {
    const installed = path.join(tools, `typescript-${version.toFixed(1)}`);
    const open = version < 7 ? openEditor : openNativeEditor;
    editor = await open(service.folder, installed);
  });

  afterAll(() => editor.close?.());

  test.each(completed)("completes %s", (_, code, names) => {
    expect(editor.complete(code).sort()).toEqual([...names].sort());
  });

  test.each(version < 7 ? explained : [])("explains %s", (_, code, signature, words, name) => {
    const shown = editor.explain?.(code, name);
    expect(shown?.signature).toMatch(signature);
    expect(shown?.documentation).toMatch(words);
  });
});

/** Where the declarations of packages are, by name. */
function pathsOf(packages: Record<string, string>) {
  const entries = Object.entries(packages);
  return Object.fromEntries(
    entries.map(([name, folder]) => [name, [path.join(tools, folder, "index.d.ts")]]),
  );
}

/** What a compiler says, in lines that begin with the file, and which installed files it reads. */
async function compile(version: number, files: readonly string[], options: object) {
  const strictest = {
    ...{ target: "ES2022", strict: true, exactOptionalPropertyTypes: true },
    ...{ noUncheckedIndexedAccess: true, skipLibCheck: false, skipDefaultLibCheck: true },
    noEmit: true,
  };
  const compilerOptions = { ...strictest, ...options };
  await service.write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
  const tsc = path.join(tools, `typescript-${version.toFixed(1)}`, "bin/tsc");
  const args = [tsc, "-p", service.folder, "--listFiles", "--pretty", "false"];
  const ran = await promisify(execFile)(process.execPath, args, {
    ...{ cwd: service.folder, maxBuffer: 2 ** 26 },
  }).catch((error: unknown) => error as { stdout: string; stderr: string });
  const lines = ran.stdout.split(/\r?\n/);
  const problems = lines.filter((line) => /(?:^|\): )error TS\d+:/.test(line));
  const read = lines.filter((line) => path.isAbsolute(line));
  // A compiler that falls over has read nothing.
  expect(read.length + problems.length, ran.stderr).toBeGreaterThan(0);
  return { problems, read };
}
