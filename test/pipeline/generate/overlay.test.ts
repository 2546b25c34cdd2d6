import path from "node:path";

import { expect, test } from "vitest";

import { messageOf } from "../../../scripts/generate/command.js";
import { factsOf } from "../../../scripts/generate/facts/facts.js";
import { generate } from "../../../scripts/generate/generate.js";
import { readDocument } from "../../../scripts/generate/read/read.js";
import { pathsCode } from "../../../scripts/generate/types/paths.js";
import { specCode } from "../../../scripts/generate/write/spec.js";
import { applyOverlay } from "../../../scripts/openapi/apply-overlay.js";
import { isObject, type Json, type JsonObject } from "../../../scripts/openapi/json.js";
import { load, parse } from "../../../scripts/openapi/load.js";
import { loadOverlay } from "../../../scripts/openapi/overlay.js";
import { documentWith, noContent, root, specFile } from "./harness.js";

const overlayWith = (...actions: Json[]): JsonObject => ({ overlay: "1.0.0", info: {}, actions });
const overlaid = async (document: JsonObject, ...actions: Json[]) =>
  applyOverlay(document, await loadOverlay(await specFile(overlayWith(...actions))));

const mixed = { map: { a: 1 }, list: [1], text: "x", "it's": { ["__proto__"]: [1] } };

test.each<[string, JsonObject, JsonObject]>([
  [
    "merges mappings, appends to lists, replaces scalars and adds what is not there",
    { target: "$", update: { map: { b: [] }, list: [1, [2]], text: null, new: { c: 3 } } },
    { ...mixed, map: { a: 1, b: [] }, list: [1, 1, [2]], text: null, new: { c: 3 } },
  ],
  [
    "changes each node once, however often the path leads to it, and appends to a list an item",
    { target: "$['list', 'list']", update: { b: 2 } },
    { ...mixed, list: [1, { b: 2 }] },
  ],
  [
    "takes keys as they stand",
    { target: "$['it\\'s']['__proto__']", update: [2] },
    { ...mixed, "it's": { ["__proto__"]: [1, 2] } },
  ],
  ["selects nothing without an error", { target: "$.b.c", remove: true }, mixed],
])("an action %s", async (_, action, after) => {
  expect((await overlaid(mixed, action)).document).toEqual(after);
});

test("actions apply one after the other, each to one of the places that share an alias", async () => {
  const document = parse("a: &x [1, 2, 3, 4]\nb: *x\nc: 5\n", "spec.yaml");
  const remove = { target: "$['b', 'c', 'a'][1, 0, 2]", remove: true, update: "ignored" };
  const actions = [remove, { target: "$.b", update: [6] }, { target: "$.c", remove: true }];
  expect((await overlaid(document, ...actions)).document).toEqual({ a: [4], b: [4, 6] });
  expect(document).toEqual({ a: [1, 2, 3, 4], b: [1, 2, 3, 4], c: 5 });
});

const post = { operationId: "addThing", responses: noContent };
const target = "$[?@ == $.paths && !@['/things'].post]";

test.each([
  ["adds an operation that upstream lacks", {}, { post }],
  ["steps back where upstream has it by now", { post: { tags: ["a"] } }, {}],
])("an action %s, and tells so", async (_, upstream, added) => {
  const before = documentWith({ paths: { "/things": upstream } });
  const action = { target, update: { "/things": { post } } };
  const result = await overlaid(before, action);
  expect(result.document).toEqual({ ...before, paths: { "/things": { ...upstream, ...added } } });
  expect(result.actions[0]?.isIdle).toBe(Object.keys(added).length === 0);
});

const zone = { url: "https://b.example", description: "EU Zone" };
const action = (changes: JsonObject) => overlayWith({ target: "$", ...changes });

test.each<[string, JsonObject, JsonObject?]>([
  ['OVERLAY:1:2: #/overlay must be "1.0.0"', { ...action({}), overlay: "1.1.0" }],
  ["OVERLAY:1:30: #/actions expected a list of actions", overlayWith()],
  ["OVERLAY:1:41: #/actions/0 expected an action", overlayWith("x")],
  ["#/actions/0/target expected a JSONPath", action({ target: 1, remove: true })],
  ["#/actions/0/target is no JSONPath of RFC 9535: ", action({ target: "$[", remove: true })],
  ["#/actions/0 has neither an update nor remove: true", action({})],
  ["#/actions/0/updates is none of", action({ updates: {} })],
  ["#/actions/0/remove must be true or false", action({ remove: "yes" })],
  ["#/actions/0/target removes the document", action({ remove: true })],
  [
    "#/actions/0/target selects a list and a mapping",
    action({ target: "$['info', 'servers']", update: 1 }),
  ],
  [
    "#/actions/0/update/info/title a list cannot be merged into a scalar",
    action({ update: { info: { title: [] } } }),
  ],
  // What is wrong with the document then, and stands in the overlay, or else in neither.
  [
    "#/actions/0/update/servers leads to #/servers/1: is a second server",
    action({ update: { servers: [zone] } }),
  ],
  ['#/actions/0/update/openapi leads to #/openapi: is "2"', action({ update: { openapi: "2" } })],
  ["OVERLAY: leads to #: has no servers", action({ target: "$.servers[*]", remove: true })],
  ["SPEC: has no servers", action({ update: {} }), documentWith({ servers: [] })],
])(
  "a broken overlay or spec is refused in a line that says %j",
  async (words, overlay, broken?) => {
    const [spec, file] = [await specFile(broken ?? documentWith()), await specFile(overlay)];
    const refused = loadOverlay(file).then((read) => generate(spec, read));
    const line = await refused.then(() => "not refused", messageOf);
    expect(line.replace(spec, "SPEC").replace(file, "OVERLAY")).toContain(words);
    expect(line).not.toContain("\n");
  },
);

test("each fact of the repository's overlay shows in types or facts, or is refused once it is another", async () => {
  const { document } = await load(path.join(root, "openapi/peaka.yaml"));
  const overlay = await loadOverlay(path.join(root, "openapi/overlay.yaml"));
  function outcomeWith(index: number, update: Json | undefined): string {
    const actions = overlay.actions.map((each, at) => (at === index ? { ...each, update } : each));
    try {
      const reading = readDocument(applyOverlay(document, { ...overlay, actions }).document);
      return (
        pathsCode(reading) + specCode(reading, { sha256: "" }, factsOf(reading).facts, new Map())
      );
    } catch (error) {
      return messageOf(error);
    }
  }
  const unchanged = outcomeWith(-1, undefined);
  const unseen = overlay.actions.flatMap(({ update = null }, index) =>
    mutationsOf(update).filter(([, mutated]) => outcomeWith(index, mutated) === unchanged),
  );
  const places = new Set(unseen.map(([place]) => place.split("/").slice(-2).join("/")));
  // OpenAPI says them anyway: a path parameter has to be there, and what has properties is an object.
  const implied = ["0/required", "0/schema", "1/required", "1/schema"];
  const objects = ["ConnectionConfiguration/type", "ConnectionConfigurationItem/type"];
  expect([...places].sort()).toEqual([...implied, ...objects]);
});

/** A value with each of its keys and scalars changed in turn, prose aside, and the place of each. */
function mutationsOf(value: Json, place = ""): [place: string, mutated: Json][] {
  if (typeof value !== "object") {
    return [[place, typeof value === "boolean" ? !value : `${String(value)}X`]];
  }
  return Object.entries(value ?? {}).flatMap(([key, inner]: [string, Json]) => {
    if (/^(description|summary|example)$/.test(key)) return [];
    const here = `${place}/${key}`;
    const mutated = mutationsOf(inner, here).map(([at, other]) => {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      return [at, Object.assign(copy, { [key]: other })] as [string, Json];
    });
    if (!isObject(value)) return mutated;
    const { [key]: moved, ...rest } = value;
    return [...mutated, [here, { ...rest, [`${key}X`]: moved ?? null }]];
  });
}
