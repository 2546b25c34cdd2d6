import { entries, isObject, type JsonObject } from "../openapi/json.js";
import { inFile, type Named } from "./check.js";
import { type Choice, rootKeys } from "./merge.js";
import { reach } from "./reach.js";
import type { Selection } from "./select.js";
import { isShared, type Unit } from "./unit.js";

/** Finds out what the selected operations of two documents reach, and so which units of each make it. */
export function choose(present: Named, source: Named, { taken, kept }: Selection): Choice {
  const theirs = inFile(source, () => {
    const root = pick(source.document, (key) => rootKeys.includes(key));
    const units = taken.map(({ unit }) => unit);
    return reach(source.document, root, [...units, ...impliedScheme(source.document)]);
  });
  const paths = new Set([...theirs.values()].map(([area, path]) => area === "paths" && path));
  /** What a path says of all its operations, the source says once it has one of them. */
  const isTheirs = (unit: Unit, id: string): boolean =>
    theirs.has(id) || (isShared(unit) && paths.has(unit[1]));
  const ours = inFile(present, () => {
    const apart = [...rootKeys, "paths", "components"];
    const root = pick(present.document, (key) => !apart.includes(key));
    const units = kept.map(({ unit }) => unit);
    return reach(present.document, root, units, isTheirs);
  });
  return { taken: theirs, kept: ours };
}

function pick(document: JsonObject, isPicked: (key: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([key]) => isPicked(key)));
}

/** Where a document requires no security itself, the only scheme that it has is meant. */
function impliedScheme({ security, components }: JsonObject): Unit[] {
  if (security !== undefined && security !== null) return [];
  const schemes = isObject(components) ? entries(components.securitySchemes) : [];
  const [only] = schemes;
  return only === undefined || schemes.length > 1
    ? []
    : [["components", "securitySchemes", only[0]]];
}
