import type { NodeType } from "../../openapi/grammar.js";
import { isObject, type Json, type JsonObject } from "../../openapi/json.js";
import { at, type Place, refuse } from "../../openapi/refuse.js";
import { keysOfRef, type Resolver } from "../../openapi/resolver.js";
import { nounOf } from "../../openapi/walk.js";

/** The types of node that no `$ref` may stand for. */
const inPlaceOnly: ReadonlySet<string> = new Set(
  "document components operation mediaType encoding discriminator".split(" "),
);

const leavesTheFile = "leaves the file: nothing is ever fetched or read through a reference";

/** Refuses what a tool might follow out of the document, and a `$ref` to nothing or to data. */
export function checkReferences(
  node: JsonObject,
  type: NodeType,
  place: Place | undefined,
  resolver: Resolver,
): void {
  if (typeof node.$ref === "string") {
    checkRef(node.$ref, type, at(place, "$ref"), resolver);
  } else if (node.$ref !== undefined && type !== "other") {
    refuse(at(place, "$ref"), "expected text");
  }
  if (type === "schema") checkSchema(node, place);
  if (type === "discriminator") checkMapping(node.mapping, at(place, "mapping"), resolver);
}

function checkRef(ref: string, type: NodeType, place: Place, resolver: Resolver): void {
  if (!ref.startsWith("#")) refuse(place, `"${ref}" ${leavesTheFile}`, true);
  // Nothing of ours looks at what OpenAPI does not know.
  if (type === "other") return;
  if (inPlaceOnly.has(type)) refuse(place, `${nounOf(type)} cannot be a $ref`);
  if (keysOfRef(ref) === undefined) refuse(place, `"${ref}" is not of the form "#/..."`);
  const target = resolver.target(ref);
  if (target === undefined) refuse(place, `"${ref}" points at nothing that could stand here`);
  if (target.type !== type) {
    const found = target.type === "other" ? "nothing of OpenAPI's" : nounOf(target.type);
    refuse(place, `"${ref}" points at ${found}, where ${nounOf(type)} is expected`);
  }
  checkChain(ref, target.node, place, resolver);
}

/** A `$ref` to a `$ref` is followed to the end, so there must be one. */
function checkChain(ref: string, start: Json, place: Place, resolver: Resolver): void {
  const seen = new Set<Json>();
  let node: Json | undefined = start;
  // Where one of the others points at nothing, that is told at its own place.
  while (isObject(node) && typeof node.$ref === "string") {
    if (seen.has(node)) refuse(place, `"${ref}" leads back to itself`);
    seen.add(node);
    node = resolver.target(node.$ref)?.node;
  }
}

/** Keywords with which JSON Schema, too, points at schemas, or moves what all of them point at. */
function checkSchema(schema: JsonObject, place: Place | undefined): void {
  for (const key of ["$dynamicRef", "$recursiveRef"]) {
    const ref = schema[key];
    if (typeof ref === "string" && !ref.startsWith("#")) {
      refuse(at(place, key), `"${ref}" ${leavesTheFile}`, true);
    }
  }
  if (typeof schema.$id === "string" && !schema.$id.startsWith("#")) {
    refuse(at(place, "$id"), "is not supported: it changes what each $ref below it means");
  }
}

/** A mapping names a component schema, or points at a schema. */
function checkMapping(mapping: Json | undefined, place: Place, resolver: Resolver): void {
  if (mapping === undefined || mapping === null) return;
  if (!isObject(mapping)) refuse(place, "expected a mapping of values to schemas");
  for (const [value, to] of Object.entries(mapping)) {
    const here = at(place, value);
    if (typeof to !== "string") refuse(here, "expected text");
    if (to.startsWith("#")) checkRef(to, "schema", here, resolver);
    else if (/[/:]|\.(json|ya?ml)$/i.test(to)) refuse(here, `"${to}" ${leavesTheFile}`);
  }
}
