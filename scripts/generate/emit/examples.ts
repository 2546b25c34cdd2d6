import { fromMap, type JsonObject } from "../../openapi/json.js";
import { banner } from "./banner.js";
import { literal } from "./literal.js";

/** Writes `generated/examples.ts`: the document's examples, as data. */
export function emitExamples(examples: ReadonlyMap<string, JsonObject>): string {
  return `${banner}

/** The examples of the spec, by operationId: for tests and the demo. */
export const examples = ${literal(fromMap(examples))} as const;
`;
}
