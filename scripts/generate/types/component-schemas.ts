import { entries, type Json, type JsonObject, put } from "../../openapi/json.js";
import { keysOfRef, refTo } from "../../openapi/resolver.js";
import { disguiseName } from "./text.js";

/** The component schemas that types are made of: the document's, and those that a `$ref` elsewhere needs. */
export function createComponentSchemas(
  documented: Json | undefined,
  copySchema: (schema: Json) => JsonObject,
) {
  /** How each is made, by name. */
  const making = new Map(
    entries(documented).map(([name, schema]) => [name, () => copySchema(schema)]),
  );
  /** The names of all, by their places in the document. */
  const names = new Map([...making.keys()].map((name) => [refTo([...section, name]), name]));

  return {
    /** A `$ref` to the one of a place, however that is spelled; where it has none yet, it is made so. */
    refTo(ref: string, make: () => JsonObject): string {
      const keys = keysOfRef(ref) ?? [];
      const place = refTo(keys);
      let name = names.get(place);
      if (name === undefined) {
        name = keys.join("/").replace(/^components\/schemas\//, "");
        while (making.has(name)) name += "'";
        names.set(place, name);
        making.set(name, make);
      }
      return refTo([...section, disguiseName(name)]);
    },
    /** Comes last, when all that copies need is known. */
    all(): JsonObject {
      const copied: JsonObject = {};
      // A map gives what is added to it while it is read.
      for (const [name, make] of making) put(copied, disguiseName(name), make());
      return copied;
    },
  };
}

const section = ["components", "schemas"];
