import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type * as TypeScript from "typescript";
import { examples } from "../../generated/examples.js";
import { operations, zones } from "../../generated/spec.js";
import { root } from "./service.js";

const bodies = Object.values(examples.updateConnection.requests);
const update = (rest: string) => `void peaka.updateConnection(${rest});`;
const place = "projectId, connectionId";
const options = ["apiKey", "zone", "baseUrl", "timeoutMs", "maxRetries", "fetch", "onAttempt"];
const callOptions = ["signal", "timeoutMs", "maxRetries", "onAttempt"];

/** What an editor completes at `|`. */
export const completed: [what: string, code: string, names: readonly string[]][] = [
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
  [
    "the connection types in a variable",
    `export const body: ConnectionRequest = { type: "|`,
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

/** What an editor shows of the name after `|`, or of one that it completes there. */
export const explained: [
  ...[what: string, code: string, signature: RegExp, documentation: RegExp, completed?: string],
][] = [
  ...options.map((name): (typeof explained)[number] => [
    `the option ${name}`,
    `createPeakaClient({ |${name}: undefined });`,
    new RegExp(`\\b${name}\\?: .*undefined$`),
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
    /\(input: .* body: ConnectionRequest;.*, options\?: CallOptions.*\) => Promise<.*>$/s,
    /^Update Connection\s+Updates the specified Connection\./,
  ],
  [
    "a name of the body, as the spec does",
    update(`{ ${place}, body: { |connectionCallback: "https://service.example" } }`),
    /connectionCallback\?: string/,
    /\w{3}/,
  ],
  ...[
    ["type", /Type of connection\..*exact list/is],
    ["credential", /Credential object for the connection\./],
  ].map(([name, words]): (typeof explained)[number] => [
    `${String(name)}, as the spec does, where it is completed`,
    update(`{ ${place}, body: { | } }`),
    new RegExp(`${String(name)}\\?: `),
    words as RegExp,
    String(name),
  ]),
];

export interface Editor {
  complete: (code: string) => string[];
  /** What is shown of the name after the mark, or of one that is completed there. */
  explain?: (code: string, name?: string) => { signature: string; documentation: string };
  close?: () => void;
}

const start = `import { createPeakaClient, type ConnectionRequest } from "peaka-client";
  const peaka = createPeakaClient();
  const [projectId, connectionId] = ["project1", "connection1"];
  export { peaka, projectId, connectionId };`;

/** The place of the mark in code, and the code without it. */
function unmark(code: string): [text: string, at: number] {
  return [start + code.replace("|", ""), start.length + code.indexOf("|")];
}

/** TypeScript's language service, on a file of a service that uses the client. */
export function openEditor(folder: string, installed: string): Editor {
  const ts = createRequire(import.meta.url)(installed) as typeof TypeScript;
  // Where a service's file would stand; it exists only in the editor.
  const file = path.join(folder, "a-service.mts");
  let text = start;
  let version = 0;
  const read = (name: string) => (name === file ? text : readFileSync(name, "utf8"));
  const module = ts.ModuleKind.NodeNext;
  const typeRoots = [path.join(root, "node_modules/@types")];
  const service = ts.createLanguageService({
    ...{ ...ts.sys, useCaseSensitiveFileNames: () => true },
    getCompilationSettings: () => ({ module, strict: true, types: ["node"], typeRoots }),
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : "0"),
    getScriptSnapshot: (name) =>
      name === file || ts.sys.fileExists(name)
        ? ts.ScriptSnapshot.fromString(read(name))
        : undefined,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
  });
  /** Writes code without its mark, and gives the mark's place. */
  const write = (code: string) => {
    const [written, at] = unmark(code);
    [text, version] = [written, version + 1];
    return at;
  };
  return {
    complete: (code) =>
      (service.getCompletionsAtPosition(file, write(code), {})?.entries ?? []).map(
        ({ name }) => name,
      ),
    explain(code, name) {
      const at = write(code);
      const shown =
        name === undefined
          ? service.getQuickInfoAtPosition(file, at)
          : service.getCompletionEntryDetails(file, at, name, {}, undefined, {}, undefined);
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

/** The API of TypeScript 7, which completes. It explains little of mapped types, as its editor does. */
interface Native {
  API: new () => { updateSnapshot: (changes: object) => Snapshot; close: () => void };
}
interface Snapshot {
  getProject: (config: string) => {
    checker: Pick<TypeScript.LanguageService, "getCompletionsAtPosition">;
  };
}

/** The same of TypeScript 7, which reads files. */
export async function openNativeEditor(folder: string, installed: string): Promise<Editor> {
  const { API } = (await import(path.join(installed, "dist/api/sync/api.js"))) as Native;
  const [file, config] = [path.join(folder, "a-service.mts"), path.join(folder, "editor.json")];
  const typeRoots = [path.join(root, "node_modules/@types")];
  const compilerOptions = { module: "nodenext", strict: true, types: ["node"], typeRoots };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
  const api = new API();
  return {
    complete(code) {
      const [text, at] = unmark(code);
      writeFileSync(file, text);
      const changes = { openProjects: [config], fileChanges: { changed: [file] } };
      const { checker } = api.updateSnapshot(changes).getProject(config);
      const { entries = [] } = checker.getCompletionsAtPosition(file, at, undefined) ?? {};
      return entries.map(({ name }) => name.replace(/\?$/, ""));
    },
    close: () => api.close(),
  };
}
