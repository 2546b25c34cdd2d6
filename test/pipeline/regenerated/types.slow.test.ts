import { beforeAll, describe, expect, test } from "vitest";

import { addService, typeProblems } from "../../tools/copy-types.js";
import { regenerate, spec, type Copy } from "../../tools/rebuild.js";

/** A replacement in the text of the spec, of what stands there exactly once. */
type Edit = readonly [from: string, to: string];

const update = `const ids = { projectId: "p", connectionId: "c" };
const updated = peaka.updateConnection({ ...ids, body: { name: "n", credential: { any: 1 } } });
`;
const asBefore = `${update}export const name: Promise<string | undefined> = updated.then(({ name }) => name);`;

const response = (mediaType: string, schema: string, key = "content"): Edit => [
  `          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Connection'
`,
  `          ${key}:
            ${mediaType}:
              schema: ${schema}
`,
];
const request = "$ref: '#/components/schemas/ConnectionRequest'";
const typed = (type: string): string =>
  `        type:\n          type: ${type}\n          description: |-\n`;
const connection = "{ $ref: '#/components/schemas/Connection' }";
const tags = (required: boolean): Edit => [
  "      parameters:\n",
  `      parameters:
        - { name: tags, in: query, required: ${required}, schema: { type: array, items: { type: string } } }
`,
];

/** One fact of the spec, changed, and code of a service, which compiles against the new package. */
const mutations: Record<string, readonly [edits: readonly Edit[], service: string]> = {
  "another server, and a third zone, which is the default": [
    [
      ["https://partner.eu.peaka.studio/api/v1", "https://eu.gateway.example/v2/"],
      ["servers:\n", "servers:\n  - { url: 'https://apac.example', description: APAC Zone }\n"],
    ],
    `${asBefore}
export const eu: "https://eu.gateway.example/v2" = peakaClient.zones.eu;
export const apac = peakaClient.createPeakaClient({ zone: "apac" });
export const zone: "us" | "eu" | "apac" = "us" as peakaClient.Zone;
export const first: "apac" = peakaClient.defaultZone;`,
  ],
  "a renamed operation": [
    [["operationId: update", "operationId: change"]],
    asBefore.replaceAll("updateConnection", "changeConnection"),
  ],
  "nothing that an operation requires": [
    [
      ["parameters:\n        - name: projectId", "x-parameters:\n        - name: projectId"],
      ["/connections/{projectId}/{connectionId}", "/connections"],
      ["<yourAirtableApiKey>\n        required: true", "<key>\n        required: false"],
    ],
    `export const calls = [peaka.updateConnection(), peaka.updateConnection({}, { maxRetries: 0 }),
  peaka.updateConnection(undefined, {}), peaka.updateConnection({ body: { type: "any" } })];
// @ts-expect-error There is no such parameter.
export const wrong = peaka.updateConnection({ projectId: "p" });`,
  ],
  "a renamed path parameter": [
    [
      ["/connections/{projectId}/", "/connections/{workspaceId}/"],
      ["        - name: projectId\n", "        - name: workspaceId\n"],
    ],
    `export const input: peakaClient.OperationInput<"updateConnection"> =
  { workspaceId: "p", connectionId: "c", body: {} };
// @ts-expect-error The old name is no longer known.
export const old = peaka.updateConnection({ projectId: "p", connectionId: "c", body: {} });
// @ts-expect-error The new name is demanded.
export const missing = peaka.updateConnection({ connectionId: "c", body: {} });`,
  ],
  "any media type of the response": [[response("'*/*'", connection)], asBefore],
  "another media type of the request": [
    [["        content:\n          application/json:", "        content:\n          text/json:"]],
    asBefore,
  ],
  "an array as the response": [
    [response("application/json", `{ type: array, items: ${connection} }`)],
    `${update}export const names: Promise<(string | undefined)[]> =
  updated.then((list) => list.map(({ name }) => name));`,
  ],
  // As an extension, it says nothing.
  "no content in the response": [
    [response("application/json", connection, "x-content")],
    `${update}export const nothing: Promise<undefined> = updated;`,
  ],
  "a required query parameter": [
    [tags(true)],
    `const ids = { projectId: "p", connectionId: "c" };
export const updated = peaka.updateConnection({ ...ids, tags: ["a"], body: {} });
// @ts-expect-error It is demanded.
export const missing = peaka.updateConnection({ ...ids, body: {} });
// @ts-expect-error It is a list.
export const wrong = peaka.updateConnection({ ...ids, tags: 5, body: {} });`,
  ],
  "an optional query parameter": [
    [tags(false)],
    `${asBefore}
export const tagged = peaka.updateConnection({ ...ids, tags: ["a"], body: {} });`,
  ],
  "a body that can be left out": [
    [["<yourAirtableApiKey>\n        required: true", "<key>\n        required: false"]],
    `${asBefore}
export const bare = peaka.updateConnection(ids);
// @ts-expect-error It is not a text.
export const wrong = peaka.updateConnection({ ...ids, body: { name: 5 } });`,
  ],
  "a body of two forms": [
    [[request, `oneOf: [{ ${request} }, { properties: { url: { type: string } } }]`]],
    `${asBefore}
export const other = peaka.updateConnection({ ...ids, body: { url: "https://a.example" } });
// @ts-expect-error Neither form has it.
export const wrong = peaka.updateConnection({ ...ids, body: { port: 5 } });`,
  ],
  "a type of connection that is a number": [
    [[typed("string"), typed("integer")]],
    `${asBefore}
export const numbered = peaka.updateConnection({ ...ids, body: { type: 5 } });`,
  ],
  "a request without examples": [
    [["examples:\n              HubSpot", "x-examples:\n              HubSpot"]],
    `${asBefore}
export const typed = peaka.updateConnection({ ...ids, body: { type: "stripe" } });
// @ts-expect-error It is not a text.
export const wrong = peaka.updateConnection({ ...ids, body: { name: 5 } });`,
  ],
};

function edited(edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    const { length } = text.split(from);
    if (length !== 2) throw new Error(`the spec has this ${length - 1} times: ${from}`);
    return text.replace(from, () => to);
  }, spec);
}

// What goes over the wire after such a change is tested with facts of another API, in test/client.
describe("after a change of one fact, with the same src/", () => {
  const names = Object.keys(mutations);
  let problems: string[][] = [];

  beforeAll(async () => {
    const copies: Copy[] = [];
    for (const [edits, service] of Object.values(mutations)) {
      const copy = await regenerate(edited(edits));
      addService(copy, service);
      copies.push(copy);
    }
    copies.push(await regenerate(spec.replaceAll("ConnectionRequest", "ConnectionBody")));
    problems = typeProblems(copies);
  }, 180_000);

  test.each(names)("the package and a service compile: %s", (name) => {
    expect(problems[names.indexOf(name)]).toEqual([]);
  });

  test("the compiler says where the package exports a schema that is gone", () => {
    const problem = expect.stringMatching(/^src\/index\.ts: .*'ConnectionRequest'/) as string;
    expect(problems.at(-1)).toEqual([problem]);
  });
});
