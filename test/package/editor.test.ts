import { beforeAll, describe, expect, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { operations, zones } from "../../generated/spec.js";
import { openEditor, type Editor } from "../tools/editor.js";

const bodies = Object.values(examples.updateConnection.requests);
const types = bodies.map(({ type }) => type);

let editor: Editor;
beforeAll(() => {
  editor = openEditor();
  // The first question reads the library and the client; the others take milliseconds.
  editor.problems("");
}, 60_000);

/** Code that updates a connection with this body. */
const update = (body: string) =>
  `void peaka.updateConnection({ projectId, connectionId, body: ${body} });`;

describe("an editor completes", () => {
  test("the names of the zones, and nothing else", () => {
    const completions = editor.completions(`createPeakaClient({ zone: "|" });`);
    expect(completions.sort()).toEqual(Object.keys(zones).sort());
  });

  test("the names of the options", () => {
    const options = ["apiKey", "zone", "baseUrl", "timeoutMs", "maxRetries", "fetch", "onAttempt"];
    const completions = editor.completions(`createPeakaClient({ | });`);
    expect(completions.sort()).toEqual(options.sort());
  });

  test("the names of a call's options", () => {
    const code = update("{}").replace(");", ", { | });");
    expect(editor.completions(code).sort()).toEqual(["maxRetries", "signal", "timeoutMs"]);
  });

  test("the members of a client", () => {
    const members = ["baseUrl", "call", "updateConnection", "zone"];
    expect(editor.completions("peaka.|").sort()).toEqual(members);
  });

  test("the names of the input", () => {
    const names = [...Object.keys(operations.updateConnection.parameters), "body"];
    const completions = editor.completions("void peaka.updateConnection({ | });");
    expect(completions.sort()).toEqual(names.sort());
  });

  test("the names of the operations, and of their input", () => {
    const ids = Object.keys(operations);
    expect(editor.completions(`void peaka.call("|", {});`).sort()).toEqual(ids.sort());
    const completions = editor.completions(`void peaka.call("updateConnection", { | });`);
    expect(completions).toEqual(expect.arrayContaining(["projectId", "connectionId", "body"]));
  });

  test("the names of the body", () => {
    const names = ["connectionCallback", "credential", "name", "type"];
    expect(editor.completions(update("{ | }")).sort()).toEqual(names);
  });

  test("the connection types of the spec's examples", () => {
    expect(types).toEqual(["hubspot", "stripe", "airtable"]);
    expect(editor.completions(update(`{ type: "|" }`)).sort()).toEqual([...types].sort());
  });

  test.each(bodies)("the keys of the credential of $type", ({ type, credential }) => {
    const code = update(`{ type: "${type}", credential: { | } }`);
    expect(editor.completions(code).sort()).toEqual(Object.keys(credential).sort());
  });

  test.each(bodies)("the keys that the credential of $type does not have yet", (body) => {
    const [first = "", ...rest] = Object.keys(body.credential);
    const code = update(`{ type: "${body.type}", credential: { ${first}: "x", | } }`);
    expect(editor.completions(code).sort()).toEqual(rest.sort());
  });

  test("the classes of the family, by the name of a known error", () => {
    const code = `import { isPeakaError } from "../src/index.js";
      export const known = (error: unknown) => isPeakaError(error) && error.name === "|";`;
    expect(editor.completions(code).sort()).toEqual([
      ...["PeakaApiError", "PeakaNetworkError", "PeakaResponseError", "PeakaTimeoutError"],
      "PeakaUsageError",
    ]);
  });
});

describe("TypeScript accepts", () => {
  test.each([
    ["another type", `{ type: "POSTGRES", credential: { url: "u", port: 5432, useSsl: true } }`],
    ["a type in a variable", `{ type: String(projectId), credential: { token: "x" } }`],
    ["an example's type with other keys", `{ type: "stripe", credential: { secretKey: "x" } }`],
    ["an example's type with more keys", `{ type: "stripe", credential: { token: "x", more: 1 } }`],
    ["an example's type without a key", `{ type: "hubspot", credential: { clientId: "x" } }`],
    ["an example's type with an empty credential", `{ type: "airtable", credential: {} }`],
    ["no type", `{ credential: { anything: null } }`],
    ["no credential", `{ name: "n", type: "stripe" }`],
    ["nothing at all", "{}"],
    ["a credential in a variable", "{ type: 'stripe', credential: {} as Record<string, unknown> }"],
  ])("%s", (_, body) => {
    expect(editor.problems(update(body))).toEqual([]);
  });
});

describe("TypeScript points at", () => {
  test.each([
    ["a type that is no text", update("{ type: 1 }")],
    ["a credential that is no object", update(`{ type: "stripe", credential: "x" }`)],
    ["an unknown name in the body", update(`{ type: "stripe", credentials: {} }`)],
    ["an unknown zone", `createPeakaClient({ zone: "mars" });`],
    ["an unknown option", `createPeakaClient({ key: "x" });`],
    ["an unknown operation", `void peaka.call("deleteConnection", {});`],
    ["a missing path parameter", "void peaka.updateConnection({ projectId, body: {} });"],
  ])("%s", (_, code) => {
    expect(editor.problems(code)).toHaveLength(1);
  });
});
