import { readFile } from "node:fs/promises";

import { beforeAll, describe, expect, test } from "vitest";

import { reported } from "./harness.js";

describe("the body of updateConnection as the facade types it", () => {
  let spec: string;

  beforeAll(async () => {
    spec = await readFile("openapi/peaka.yaml", "utf8");
  });

  /** The spec with one thing changed. */
  function withChange(old: string | RegExp, next: string, text = spec): string {
    const changed = text.replace(old, next);
    expect(changed).not.toBe(text);
    return changed;
  }

  const stripe = /^ {14}Stripe Connection Request:\n(?: {15,}.*\n)+/m;
  const credential = /^ {8}credential:\n(?: {9,}.*\n|\n)+(?= {8}connectionCallback)/m;
  const name = /(?<=ConnectionRequest:[^]*? name:\n {10}type: )string/;
  const type = /(?<=ConnectionRequest:[^]*? {8}type:\n {10}type: string\n)/;
  const body = /^ {6}requestBody:\n(?: {7,}.*\n)+(?= {6}responses)/m;

  test.each<[string, RegExp, string, string[]]>([
    [
      "is not told again of what the documented body tells",
      name,
      "number",
      ["major  updateConnection input body.name: string → number", "major"],
    ],
    ["is completed by examples, which neither allow nor demand", stripe, "", ["patch"]],
    [
      "may only have a type that is listed",
      type,
      "          enum: [stripe, hubspot, airtable]\n",
      [
        'major  updateConnection input body.type: string → "hubspot" | "stripe" | "airtable"',
        "major",
      ],
    ],
    [
      "may only have a credential of listed properties",
      credential,
      "        credential: { type: object, properties: { token: { type: string } } }\n",
      [
        "major  updateConnection input body.credential.token: unknown → string",
        "major  updateConnection input body.credential[key]: gone, was unknown",
        "major",
      ],
    ],
    [
      "does not survive another name of the operation",
      /updateConnection/,
      "change",
      [
        "major  updateConnection: renamed to change (PUT /connections/{projectId}/{connectionId})",
        "major",
      ],
    ],
  ])("%s", async (_, old, next, lines) => {
    expect(await reported(spec, withChange(old, next))).toEqual(lines);
  });

  test("loses the credential with the only example that has it, and gets it back", async () => {
    const old = withChange(credential, "");
    const next = withChange(stripe, "", old);
    expect(await reported(old, next)).toEqual([
      "major  updateConnection input body.credential: gone, was { token?: unknown; [key: string]: unknown }",
      "major",
    ]);
    expect(await reported(next, old)).toEqual([
      expect.stringMatching(/^minor {2}updateConnection input body: … → … \| \{ name\?: string; /),
      "minor",
    ]);
  });

  test("is refused where the facade does not compile, as without a body", async () => {
    const [gone, facade] = await reported(spec, withChange(body, ""));
    expect(gone).toMatch(/^major {2}updateConnection input body: gone, was \{/);
    expect(facade).toMatch(/^major {2}updateConnection input body: the facade does not compile/);
  });
});
