import { SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { examples } from "../../../generated/examples.js";
import { operations, zones } from "../../../generated/spec.js";
import { openEditor, type Editor } from "../../tools/editor.js";
import type { Service } from "./service.js";

const options = ["apiKey", "zone", "baseUrl", "timeoutMs", "maxRetries", "fetch", "onAttempt"];
const callOptions = ["signal", "timeoutMs", "maxRetries"];
const update = (rest: string) => `void peaka.updateConnection(${rest});`;

/** What who writes a service sees of the installed package. */
export function describeEditor(service: () => Service): void {
  let editor: Editor;

  beforeAll(() => {
    editor = openEditor(service().folder, "peaka-client");
    // The first question reads the library and the client; the others take milliseconds.
    expect(editor.problems("")).toEqual([]);
  }, 60_000);

  test("completes the zones, the input, the types and the credentials of the spec", () => {
    const completed = (code: string) => editor.completions(code).sort();
    expect(completed(`createPeakaClient({ zone: "|" });`)).toEqual(Object.keys(zones).sort());
    const names = [...Object.keys(operations.updateConnection.parameters), "body"];
    expect(completed(update("{ | }"))).toEqual(names.sort());
    const bodies = Object.values(examples.updateConnection.requests);
    const types = bodies.map(({ type }) => type).sort();
    expect(completed(update(`{ projectId, connectionId, body: { type: "|" } }`))).toEqual(types);
    for (const { type, credential } of bodies) {
      const body = `{ type: "${type}", credential: { | } }`;
      const keys = completed(update(`{ projectId, connectionId, body: ${body} }`));
      expect(keys).toEqual(Object.keys(credential).sort());
    }
  });

  test.each(options)("explains the option %s and tells its default", (name) => {
    const { signature, documentation } = editor.hover(
      `createPeakaClient({ |${name}: undefined });`,
    );
    expect(signature).toMatch(new RegExp(`PeakaClientOptions\\.${name}\\?: .*undefined$`));
    expect(documentation).toMatch(/^[A-Z].{20,} @default \S/s);
  });

  test.each(callOptions)("explains a call's option %s and tells its default", (name) => {
    const code = update(`{ projectId, connectionId, body: {} }, { |${name}: undefined }`);
    const { signature, documentation } = editor.hover(code);
    expect(signature).toMatch(new RegExp(`CallOptions\\.${name}\\?: .*undefined$`));
    expect(documentation).toMatch(/^[A-Z].{20,} @default \S/s);
  });

  test("shows the parameters of updateConnection by name, and what it may throw", () => {
    const { signature, documentation } = editor.hover(`peaka.|updateConnection;`);
    expect(signature).toBe(
      "(property) PeakaClient.updateConnection: (input: UpdateConnectionInput, options?: CallOptions) => Promise<Connection>",
    );
    expect(documentation).toMatch(/^Changes a connection's name, type or credential\./);
    expect(documentation).toMatch(/@throws .*PeakaUsageError/);
  });

  test("shows the properties of a connection with their types", () => {
    const code =
      "const made = await peaka.updateConnection({ projectId, connectionId, body: {} });";
    expect(editor.hover(`${code} made.|name;`).signature).toMatch(/^\(property\) name\?: string/);
  });

  test("tells of the names in a body what the spec does", () => {
    const body = `{ |connectionCallback: "https://service.example" }`;
    const { documentation } = editor.hover(update(`{ projectId, connectionId, body: ${body} }`));
    const described = /@description (.+?)\s*\*\/\s*connectionCallback/.exec(
      service().read("generated/paths.ts"),
    );
    expect(described?.[1]).toMatch(/\w{3}/);
    expect(documentation).toContain(described?.[1]);
  });

  test.each([
    ["createPeakaClient", "|createPeakaClient();", "src/client.ts"],
    ["updateConnection", "peaka.|updateConnection;", "src/client.ts"],
    ["timeoutMs", "createPeakaClient({ |timeoutMs: 1 });", "src/options.ts"],
    ["zones", `import { zones } from "peaka-client"; |zones;`, "generated/spec.ts"],
    [
      "PeakaApiError",
      `import { PeakaApiError } from "peaka-client"; |PeakaApiError;`,
      "src/errors.ts",
    ],
    [
      "Attempt",
      `import { type Attempt } from "peaka-client"; export type A = |Attempt;`,
      "src/attempt.ts",
    ],
    [
      "undiciFetch",
      `import { undiciFetch } from "peaka-client/undici"; |undiciFetch;`,
      "src/undici.ts",
    ],
  ])("goes from %s to the source that declares it", (name, code, source) => {
    const { read, installed } = service();
    const { file, line, character } = editor.definition(code);
    const declaration = path.relative(installed, file);
    const map = new SourceMap(JSON.parse(read(`${declaration}.map`)) as SourceMapPayload);
    const entry = map.findEntry(line, character);
    if (!("originalSource" in entry)) throw new Error(`${declaration} maps ${name} to nothing`);
    expect(path.join(path.dirname(declaration), entry.originalSource)).toBe(source);
    const text = read(source).split("\n")[entry.originalLine] ?? "";
    expect(text.slice(entry.originalColumn)).toMatch(new RegExp(`^${name}\\b`));
  });
}
