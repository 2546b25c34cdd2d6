import { at, type Place, refuse } from "./fail.js";
import { type NodeType, referable } from "./grammar.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import { keysOfRef, type Resolver } from "./resolver.js";
import { nounOf } from "./walk.js";

/** The words with which a `$ref` that is refused is told from one that only points nowhere. */
const leaves = "leaves the file, and nothing is ever read through a $ref";

/** Refuses whatever a tool might follow out of the document, and a `$ref` to nothing or to data. */
export function checkReferences(
  node: JsonObject,
  type: NodeType,
  place: Place | undefined,
  resolver: Resolver,
): void {
  if (node.$ref !== undefined) checkRef(node.$ref, type, at(place, "$ref"), resolver);
  if (type === "schema") {
    for (const key of ["$dynamicRef", "$recursiveRef"]) {
      const ref = node[key];
      if (typeof ref === "string" && !ref.startsWith("#"))
        refuse(at(place, key), `"${ref}" ${leaves}`);
    }
    if (typeof node.$id === "string" && !node.$id.startsWith("#")) {
      refuse(at(place, "$id"), "is not supported: it changes what every $ref below it means");
    }
  }
  if (type === "discriminator") checkMapping(node.mapping, at(place, "mapping"), resolver);
}

function checkRef(ref: Json, type: NodeType, place: Place, resolver: Resolver): void {
  if (typeof ref !== "string") {
    if (type !== "other") refuse(place, "expected text");
    return;
  }
  if (!ref.startsWith("#")) refuse(place, `"${ref}" ${leaves}`);
  if (type === "other") return;
  if (!referable.has(type)) refuse(place, `${nounOf(type)} cannot be a $ref`);
  if (keysOfRef(ref) === undefined) refuse(place, `"${ref}" is not a JSON pointer ("#/...")`);
  const target = resolver.target(ref);
  if (target === undefined) refuse(place, `"${ref}" points at nothing in this document`);
  if (target.type !== type) {
    refuse(place, `"${ref}" is ${nounOf(target.type)}, where ${nounOf(type)} is expected`);
  }
  const seen = new Set([ref]);
  for (let node: Json | undefined = target.node; isObject(node) && typeof node.$ref === "string";) {
    if (seen.has(node.$ref)) refuse(place, `"${ref}" leads back to itself`);
    seen.add(node.$ref);
    node = resolver.target(node.$ref)?.node;
  }
}

/** A mapping names a schema, or points at one. */
function checkMapping(mapping: Json | undefined, place: Place, resolver: Resolver): void {
  if (mapping === undefined || mapping === null) return;
  if (!isObject(mapping)) refuse(place, "expected a mapping of values to schemas");
  for (const [value, ref] of Object.entries(mapping)) {
    const here = at(place, value);
    if (typeof ref !== "string") refuse(here, "expected text");
    if (ref.startsWith("#")) checkRef(ref, "schema", here, resolver);
    else if (/[/:]|\.(json|ya?ml)$/.test(ref)) refuse(here, `"${ref}" ${leaves}`);
  }
}
