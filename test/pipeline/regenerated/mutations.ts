import { edited, queryParameter, response, type Mutation } from "./edit.js";

const update = `const ids = { projectId: "p", connectionId: "c" };
const updated = peaka.updateConnection({ ...ids, body: { name: "n", credential: { any: 1 } } });
`;
const asBefore = `${update}export const name: Promise<string | undefined> = updated.then(({ name }) => name);`;

export const mutations = {
  "another path": {
    edits: [
      ["/connections/{projectId}/{connectionId}:", "/workspaces/{connectionId}/of-{projectId}:"],
    ],
    service: asBefore,
  },
  "another method": { edits: [["    put:\n", "    patch:\n"]], service: asBefore },
  "another server": {
    edits: [["https://partner.eu.peaka.studio/api/v1", "https://eu.gateway.example/v2/"]],
    service: `${asBefore}
export const eu: "https://eu.gateway.example/v2" = peakaClient.zones.eu;`,
  },
  "a third zone": {
    edits: [
      [
        "    description: EU Zone\n",
        `    description: EU Zone
  - url: https://partner.apac.peaka.studio/api/v1
    description: APAC Zone
`,
      ],
    ],
    service: `${asBefore}
export const apac = peakaClient.createPeakaClient({ zone: "apac" });
export const zone: "us" | "eu" | "apac" = "us" as peakaClient.Zone;`,
  },
  "another default zone": {
    edits: [
      [
        `  - url: https://partner.peaka.studio/api/v1
    description: Default Server URL (US Zone)
  - url: https://partner.eu.peaka.studio/api/v1
    description: EU Zone
`,
        `  - url: https://partner.eu.peaka.studio/api/v1
    description: EU Zone
  - url: https://partner.peaka.studio/api/v1
    description: Default Server URL (US Zone)
`,
      ],
    ],
    service: `${asBefore}
export const zone: "eu" = peakaClient.defaultZone;`,
  },
  "an API key in a header": {
    edits: [
      ["      type: http\n", "      type: apiKey\n"],
      [
        "      scheme: bearer\n      bearerFormat: Api Key\n",
        "      in: header\n      name: X-Api-Key\n",
      ],
    ],
    service: asBefore,
  },
  "a renamed path parameter": {
    edits: [
      ["/connections/{projectId}/", "/connections/{workspaceId}/"],
      ["        - name: projectId\n", "        - name: workspaceId\n"],
    ],
    service: `export const input: peakaClient.UpdateConnectionInput =
  { workspaceId: "p", connectionId: "c", body: {} };
// @ts-expect-error The old name is no longer known.
export const old = peaka.updateConnection({ projectId: "p", connectionId: "c", body: {} });
// @ts-expect-error The new name is demanded.
export const missing = peaka.updateConnection({ connectionId: "c", body: {} });`,
  },
  "another media type of the response": {
    edits: response("application/vnd.peaka+json"),
    service: asBefore,
  },
  "any media type of the response": {
    edits: response("'*/*'"),
    service: asBefore,
  },
  "another media type of the request": {
    edits: [
      [
        "        content:\n          application/json:\n",
        "        content:\n          application/vnd.peaka+json:\n",
      ],
    ],
    service: asBefore,
  },
  "an array as the response": {
    edits: response(
      "application/json",
      "{ type: array, items: { $ref: '#/components/schemas/Connection' } }",
    ),
    service: `${update}
export const names: Promise<(string | undefined)[]> =
  updated.then((list) => list.map(({ name }) => name));`,
  },
  "no content in the response": {
    // As an extension, it says nothing.
    edits: response("application/json", undefined, "x-content"),
    service: `${update}export const nothing: Promise<undefined> = updated;`,
  },
  "a property that is secret": {
    edits: [["connectionCallback:\n", "connectionCallback:\n          format: password\n"]],
    service: asBefore,
  },
  "a required query parameter": {
    edits: [["      parameters:\n", `      parameters:\n${queryParameter("form", true, true)}`]],
    service: `const ids = { projectId: "p", connectionId: "c" };
export const updated = peaka.updateConnection({ ...ids, tags: ["a"], body: {} });
// @ts-expect-error It is demanded.
export const missing = peaka.updateConnection({ ...ids, body: {} });
// @ts-expect-error It is a list.
export const wrong = peaka.updateConnection({ ...ids, tags: 5, body: {} });`,
  },
  "an optional query parameter": {
    edits: [["      parameters:\n", `      parameters:\n${queryParameter("form", true)}`]],
    service: `${asBefore}
export const tagged = peaka.updateConnection({ ...ids, tags: ["a"], body: {} });`,
  },
  "a body that can be left out": {
    edits: [
      [
        "                    personalAccessToken: <yourAirtableApiKey>\n        required: true\n",
        "                    personalAccessToken: <yourAirtableApiKey>\n        required: false\n",
      ],
    ],
    service: `${asBefore}
export const bare = peaka.call("updateConnection", ids);
export const same = peaka.updateConnection(ids);
// @ts-expect-error It is not a text.
export const wrong = peaka.updateConnection({ ...ids, body: { name: 5 } });`,
  },
  "a body of two forms": {
    edits: [
      [
        "$ref: '#/components/schemas/ConnectionRequest'",
        "oneOf: [{ $ref: '#/components/schemas/ConnectionRequest' }, { properties: { url: { type: string } } }]",
      ],
    ],
    service: `${asBefore}
export const other = peaka.updateConnection({ ...ids, body: { url: "https://a.example" } });
// @ts-expect-error Neither form has it.
export const wrong = peaka.updateConnection({ ...ids, body: { port: 5 } });`,
  },
  "a type of connection that is a number": {
    edits: [
      [
        "        type:\n          type: string\n          description: |-\n",
        "        type:\n          type: integer\n          description: |-\n",
      ],
    ],
    service: `${asBefore}
export const numbered = peaka.updateConnection({ ...ids, body: { type: 5 } });`,
  },
  "a request without examples": {
    edits: [
      [
        "            examples:\n              HubSpot",
        "            x-examples:\n              HubSpot",
      ],
    ],
    service: `${asBefore}
export const typed = peaka.updateConnection({ ...ids, body: { type: "stripe" } });
// @ts-expect-error It is not a text.
export const wrong = peaka.updateConnection({ ...ids, body: { name: 5 } });`,
  },
} as const satisfies Record<string, Mutation>;

/** The spec after one of the mutations. */
export function mutated(name: keyof typeof mutations): string {
  return edited(mutations[name].edits);
}
