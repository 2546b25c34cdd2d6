import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { reported } from "./harness.js";

const spec = await readFile(new URL("../../../openapi/peaka.yaml", import.meta.url), "utf8");

/** The spec with one thing changed. */
function withChange(old: string | RegExp, next: string, text = spec): string {
  const changed = text.replace(old, next);
  expect(changed).not.toBe(text);
  return changed;
}

const stripe = /^ {14}Stripe Connection Request:\n(?: {15,}.*\n)+/m;
const credential = /^ {8}credential:\n(?: {9,}.*\n|\n)+(?= {8}connectionCallback)/m;

test("the spec and itself: nothing has changed", async () => {
  expect(await reported(spec, spec)).toEqual(["patch"]);
});

test("what the documented body tells is not told again of what the facade makes of it", async () => {
  const next = withChange(
    "        name:\n          type: string\n          description: Name of the connection given",
    "        name:\n          type: number\n          description: Name of the connection given",
  );
  expect(await reported(spec, next)).toEqual([
    "major  updateConnection input body.name: string → number",
    "major",
  ]);
});

test("examples come and go: they complete, and neither allow nor demand", async () => {
  const without = withChange(stripe, "");
  expect(await reported(spec, without)).toEqual(["patch"]);
  expect(await reported(without, spec)).toEqual(["patch"]);
});

test("an example goes that alone allowed a credential", async () => {
  const old = withChange(credential, "");
  const next = withChange(stripe, "", old);
  expect(await reported(old, next)).toEqual([
    "major  updateConnection input body.credential: gone, was { token?: unknown; [key: string]: unknown }",
    "major",
  ]);
  const back = await reported(next, old);
  expect(back).toHaveLength(2);
  expect(back[0]).toMatch(
    /^minor {2}updateConnection input body: … → … \| \{ name\?: string; type: "stripe"; connectionCallback\?: string/,
  );
});

test("the credential becomes one of listed properties", async () => {
  const next = withChange(
    credential,
    "        credential: { type: object, properties: { token: { type: string } } }\n",
  );
  expect(await reported(spec, next)).toEqual([
    "major  updateConnection input body.credential.token: unknown → string",
    "major  updateConnection input body.credential[key]: gone, was unknown",
    "major",
  ]);
});

test("the type becomes one of listed values", async () => {
  const next = withChange(
    /(ConnectionRequest:[^]*? {8}type:\n {10}type: string\n)/,
    "$1          enum: [stripe, hubspot, airtable]\n",
  );
  expect(await reported(spec, next)).toEqual([
    'major  updateConnection input body.type: string → "hubspot" | "stripe" | "airtable"',
    "major",
  ]);
});

test("updateConnection is gone or renamed, which the facade itself does not survive", async () => {
  expect(await reported(spec, withChange("updateConnection", "changeConnection"))).toEqual([
    "major  updateConnection: renamed to changeConnection (PUT /connections/{projectId}/{connectionId})",
    "major",
  ]);
});

test("updateConnection takes no body, which the facade itself does not survive", async () => {
  const next = withChange(/^ {6}requestBody:\n(?: {7,}.*\n)+(?= {6}responses)/m, "");
  const lines = await reported(spec, next);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^major {2}updateConnection input body: gone, was \{/);
  expect(lines[1]).toMatch(/^major {2}updateConnection input body: the facade does not compile/);
});
