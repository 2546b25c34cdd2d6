import {
  astToString,
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  scanDiscriminators,
  transformSchema,
} from "openapi-typescript";

import type { JsonObject } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import { escapeInvisible } from "../../openapi/visible.js";
import type { Survey } from "../read/survey.js";
import { createDemands } from "../types/directions.js";
import { findEagerCycles } from "../types/eager-cycles.js";
import { revealNames } from "../types/names.js";
import { createSchemaCopier } from "../types/schema.js";
import { typeSource } from "../types/source.js";
import { banner } from "./banner.js";

/** Writes `generated/paths.ts`: openapi-typescript's types of the document. */
export function emitPaths(
  document: JsonObject,
  { referred, sent, received }: Survey,
  resolver: Resolver,
): string {
  const cuts = findEagerCycles(referred, resolver);
  const demands = createDemands(sent, received, resolver);
  const copier = createSchemaCopier(document, resolver, cuts, demands);
  const source = typeSource(document, resolver, copier) as unknown as OpenAPI3;
  const code = astToString(transformSchema(source, contextOf(source)));
  // Comments hold none of the characters that are escaped: these stand in string literals.
  return `${banner}\n\n${escapeInvisible(revealNames(code))}`;
}

/**
 * What openapi-typescript's transform asks for. Its front door would first have Redocly's bundler
 * check the document and follow its `$ref`s, to other files and hosts too: here that is done before.
 */
function contextOf(source: OpenAPI3): GlobalContext {
  const silent = true;
  const context: Omit<GlobalContext, "redoc"> = {
    // A default is what the server takes for a value that is not there; it promises nothing.
    defaultNonNullable: false,
    // An object of which nothing is said may hold anything.
    emptyObjectsUnknown: true,
    discriminators: scanDiscriminators(source, { silent }),
    resolve: (ref) => resolveRef(source, ref, { silent }),
    injectFooter: [],
    silent,
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    transform: undefined,
    transformProperty: undefined,
  };
  return context as GlobalContext;
}
