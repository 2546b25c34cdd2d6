import type { JsonObject } from "../../openapi/json.js";
import { readAuth } from "./auth.js";
import { identify } from "./identify.js";
import { listOperations } from "./operations.js";
import { survey, withoutBroken } from "./survey.js";
import { readZones } from "./zones.js";

/** What a document says, as far as the steps after this one go by it. */
export type Reading = ReturnType<typeof readDocument>;

/**
 * Reads a whole document, and refuses one that nothing can be generated from; where it is strict, also
 * one of which a part would be left out.
 */
export function readDocument(whole: JsonObject, isStrict = false) {
  const identity = identify(whole);
  const { document, resolver, schemas, leftOut } = isStrict ? survey(whole) : withoutBroken(whole);
  const zones = readZones(document);
  const auth = readAuth(document, resolver);
  const operations = listOperations(document, resolver, leftOut);
  return { document, identity, resolver, schemas, zones, auth, operations, leftOut };
}
