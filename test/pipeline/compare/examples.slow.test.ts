import { readFile } from "node:fs/promises";

import { beforeAll, describe, expect, test } from "vitest";

import { reported } from "./harness.js";

describe("a body of which requests have examples", () => {
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

  test.each<[string, RegExp, string, string[]]>([
    [
      "is told once of what all of its types tell",
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
        'major  updateConnection input body.type: "hubspot" | "stripe" | "airtable" | string & {} → "hubspot" | "stripe" | "airtable"',
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

  test("is gone for services with the name that they import", async () => {
    const renamed = spec.replaceAll("ConnectionRequest", "ConnectionBody");
    expect(await reported(spec, renamed)).toEqual(["major  ConnectionRequest: gone", "major"]);
  });
});
