import type { JsonObject } from "../../openapi/json.js";
import { createResolver, type Resolver } from "../../openapi/resolver.js";
import { type Auth, readAuth } from "./auth.js";
import { type Identity, identify } from "./identify.js";
import { listOperations, type Operation } from "./operations.js";
import { type Survey, survey } from "./survey.js";
import { readZones, type Zones } from "./zones.js";

/** What a document says, as far as the steps after this one go by it. */
export interface Reading {
  readonly identity: Identity;
  readonly resolver: Resolver;
  readonly surveyed: Survey;
  readonly zones: Zones;
  readonly auth: Auth;
  readonly list: readonly Operation[];
}

/** Reads a whole document, and refuses one that nothing can be generated from. */
export function readDocument(document: JsonObject): Reading {
  const identity = identify(document);
  const resolver = createResolver(document);
  const surveyed = survey(document, resolver);
  const zones = readZones(document);
  const auth = readAuth(document, resolver);
  const list = listOperations(document, resolver);
  return { identity, resolver, surveyed, zones, auth, list };
}
