import * as openapiTypescript from "openapi-typescript";

import { escapeInvisible } from "../../openapi/visible.js";
import type { Reading } from "../read/read.js";
import { typeSource } from "./source.js";
import { revealNames } from "./text.js";

/** The code of `generated/paths.ts`: openapi-typescript's types of the document. */
export function pathsCode(reading: Reading): string {
  const source = typeSource(reading) as unknown as openapiTypescript.OpenAPI3;
  const code = openapiTypescript.astToString(
    openapiTypescript.transformSchema(source, contextOf(source)),
  );
  // Comments hold none of the characters that are escaped: these stand in string literals.
  return escapeInvisible(revealNames(code));
}

/**
 * What openapi-typescript's transform asks for; every option that is not here is off. Its front door
 * would first have Redocly's bundler check the document and follow its `$ref`s, to other files and
 * hosts too: here that is done before.
 */
function contextOf(source: openapiTypescript.OpenAPI3): openapiTypescript.GlobalContext {
  const silent = true;
  const context: Partial<openapiTypescript.GlobalContext> = {
    // A default is what the server takes for a value that is not there; it promises nothing.
    defaultNonNullable: false,
    // An object of which nothing is said may hold anything.
    emptyObjectsUnknown: true,
    // What these say is in the schemas already.
    discriminators: { objects: {}, refsHandled: [] },
    resolve: (ref) => openapiTypescript.resolveRef(source, ref, { silent }),
    injectFooter: [],
    silent,
  };
  return context as openapiTypescript.GlobalContext;
}
