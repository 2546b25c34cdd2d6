import type { NodeType } from "../../openapi/grammar.js";
import { isObject, type Json, type JsonObject } from "../../openapi/json.js";
import { at, type Place, refuse } from "../../openapi/refuse.js";
import { keysOfRef, type Resolver } from "../../openapi/resolver.js";
import { closure, nounOf, subschemas } from "../../openapi/walk.js";

/** The types of node that no `$ref` may stand for. */
const inPlaceOnly: ReadonlySet<string> = new Set(
  "document components operation mediaType encoding discriminator".split(" "),
);

const leavesTheFile = "leaves the file: nothing is ever fetched or read through a reference";

/**
 * Refuses what a tool might follow out of the document, and a `$ref` to nothing or to data. A mapping to
 * nothing only helps nobody: `ignored` is told of it.
 */
export function checkReferences(
  node: JsonObject,
  type: NodeType,
  place: Place | undefined,
  resolver: Resolver,
  ignored?: (place: Place, message: string) => void,
): void {
  if (typeof node.$ref === "string") {
    checkRef(node.$ref, type, at(place, "$ref"), resolver);
  } else if (node.$ref !== undefined && type !== "other") {
    refuse(at(place, "$ref"), "expected text");
  }
  if (type === "schema") checkSchema(node, place);
  if (type !== "discriminator" || node.mapping === undefined || node.mapping === null) return;
  if (!isObject(node.mapping)) refuse(at(place, "mapping"), "expected a mapping");
  for (const [value, to] of Object.entries(node.mapping)) {
    const here = at(at(place, "mapping"), value);
    if (typeof to !== "string") refuse(here, "expected text");
    if (/^[\w+.-]+:|^[./]|\.(json|ya?ml)\b/i.test(to))
      refuse(here, `"${to}" ${leavesTheFile}`, true);
    const target = resolver.schema(to);
    if (target === undefined) ignored?.(here, `"${to}" is no schema, and is ignored`);
  }
}

function checkRef(ref: string, type: NodeType, place: Place, resolver: Resolver): void {
  if (!ref.startsWith("#")) refuse(place, `"${ref}" ${leavesTheFile}`, true);
  // Nothing of ours looks at what OpenAPI does not know.
  if (type === "other") return;
  if (inPlaceOnly.has(type)) refuse(place, `${nounOf(type)} cannot be a $ref`);
  if (keysOfRef(ref) === undefined) refuse(place, `"${ref}" is not of the form "#/..."`);
  const target = resolver.target(ref);
  if (target === undefined) {
    const extension = keysOfRef(ref)?.find((key) => key.startsWith("x-"));
    const what = extension === undefined ? "nothing" : `an extension (${extension}), so at nothing`;
    refuse(place, `"${ref}" points at ${what} that could stand here`);
  }
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
  const hasOwnBase = typeof schema.$id === "string" && !schema.$id.startsWith("#");
  if (hasOwnBase && [...closure([schema], subschemas)].some(({ $ref }) => $ref !== undefined)) {
    refuse(at(place, "$id"), "is not supported: it changes what the $ref below it means");
  }
}
