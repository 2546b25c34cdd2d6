import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { operations, zones } from "../../generated/spec.js";
import { root, type Service } from "./service.js";

const bodies = Object.values(examples.updateConnection.requests);
const update = (rest: string) => `void peaka.updateConnection(${rest});`;
const place = "projectId, connectionId";
const options = ["apiKey", "zone", "baseUrl", "timeoutMs", "maxRetries", "fetch", "onAttempt"];
const callOptions = ["signal", "timeoutMs", "maxRetries", "onAttempt"];

/** What an editor completes at `|`. */
const completed: [what: string, code: string, names: readonly string[]][] = [
  ["the zones", `createPeakaClient({ zone: "|" });`, Object.keys(zones)],
  ["the options", "createPeakaClient({ | });", options],
  ["the members of a client", "peaka.|", ["baseUrl", "zone", ...Object.keys(operations)]],
  ["the input", update("{ | }"), ["projectId", "connectionId", "body"]],
  ["a call's options", update(`{ ${place}, body: {} }, { | }`), callOptions],
  [
    "the body",
    update(`{ ${place}, body: { | } }`),
    ["connectionCallback", "credential", "name", "type"],
  ],
  [
    "the connection types of the spec's examples",
    update(`{ ${place}, body: { type: "|" } }`),
    bodies.map(({ type }) => type),
  ],
  ...bodies.map(({ type, credential }): (typeof completed)[number] => [
    `the credential of ${type}`,
    update(`{ ${place}, body: { type: "${type}", credential: { | } } }`),
    Object.keys(credential),
  ]),
  [
    "the classes of errors",
    `import { isPeakaError } from "peaka-client";
     export const known = (error: unknown) => isPeakaError(error) && error.name === "|";`,
    [
      ...["PeakaAbortError", "PeakaApiError", "PeakaNetworkError", "PeakaResponseError"],
      ...["PeakaTimeoutError", "PeakaUsageError"],
    ],
  ],
];

/** What an editor shows of the name after `|`: its signature and its documentation. */
const explained: [what: string, code: string, signature: RegExp, documentation: RegExp][] = [
  ...options.map((name): (typeof explained)[number] => [
    `the option ${name}`,
    `createPeakaClient({ |${name}: undefined });`,
    new RegExp(`PeakaClientOptions\\.${name}\\?: .*undefined$`),
    /^[A-Z].{20,} @default \S/s,
  ]),
  ...callOptions.map((name): (typeof explained)[number] => [
    `a call's option ${name}`,
    update(`{ ${place}, body: {} }, { |${name}: undefined }`),
    new RegExp(`CallOptions\\.${name}\\?: .*undefined$`),
    /^[A-Z].{20,} @default \S/s,
  ]),
  [
    "updateConnection",
    "peaka.|updateConnection;",
    /\(input: .* body: ConnectionRequest;.*, options\?: CallOptions\) => Promise<.*>$/s,
    /^Update Connection\s+Updates the specified Connection\./,
  ],
  [
    "a name of the body, as the spec does",
    update(`{ ${place}, body: { |connectionCallback: "https://service.example" } }`),
    /connectionCallback\?: string/,
    /\w{3}/,
  ],
];

/** What whoever writes a service sees of the installed package. */
export function describeEditor(service: () => Service): void {
  let editor: Editor;
  beforeAll(() => {
    editor = openEditor(service().folder);
  });

  test.each(completed)("completes %s", (_, code, names) => {
    expect(editor.complete(code).sort()).toEqual([...names].sort());
  });

  test.each(explained)("explains %s", (_, code, signature, documentation) => {
    const shown = editor.hover(code);
    expect(shown.signature).toMatch(signature);
    expect(shown.documentation).toMatch(documentation);
  });
}

type Editor = ReturnType<typeof openEditor>;

/** TypeScript's language service, on a file of a service that uses the client. */
function openEditor(folder: string) {
  // Where a service's file would stand; it exists only in the editor.
  const file = path.join(folder, "a-service.mts");
  const start = `import { createPeakaClient } from "peaka-client";
    const peaka = createPeakaClient();
    const [projectId, connectionId] = ["project1", "connection1"];
    export { peaka, projectId, connectionId };`;
  let text = start;
  const read = (name: string) => (name === file ? text : readFileSync(name, "utf8"));
  const module = ts.ModuleKind.NodeNext;
  const typeRoots = [path.join(root, "node_modules/@types")];
  const service = ts.createLanguageService({
    ...{ ...ts.sys, useCaseSensitiveFileNames: () => true },
    getCompilationSettings: () => ({ module, strict: true, types: ["node"], typeRoots }),
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? text : "0"),
    getScriptSnapshot: (name) =>
      name === file || ts.sys.fileExists(name)
        ? ts.ScriptSnapshot.fromString(read(name))
        : undefined,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
  });
  /** Writes code without its mark, and gives the mark's place. */
  const write = (code: string) => {
    text = start + code.replace("|", "");
    return start.length + code.indexOf("|");
  };
  return {
    complete: (code: string) =>
      (service.getCompletionsAtPosition(file, write(code), {})?.entries ?? []).map(
        ({ name }) => name,
      ),
    hover(code: string) {
      const shown = service.getQuickInfoAtPosition(file, write(code));
      const tags = (shown?.tags ?? []).map(
        ({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`,
      );
      return {
        signature: ts.displayPartsToString(shown?.displayParts),
        documentation: [ts.displayPartsToString(shown?.documentation), ...tags].join(" "),
      };
    },
  };
}
