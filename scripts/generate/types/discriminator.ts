import { isObject, items, type JsonObject, put, text } from "../../openapi/json.js";
import { disguiseName } from "./names.js";

/** Copies the discriminator of a schema, where all that it tells apart are component schemas. */
export function copyDiscriminator(
  { discriminator, oneOf }: JsonObject,
  isComponent: (name: string) => boolean,
): JsonObject | undefined {
  if (!isObject(discriminator)) return undefined;
  const { propertyName, mapping } = discriminator;
  if (typeof propertyName !== "string") return undefined;
  const copied: JsonObject = { propertyName: disguiseName(propertyName) };
  const refs = items(oneOf).map((choice) => (isObject(choice) ? text(choice.$ref) : undefined));
  if (isObject(mapping)) {
    const refsByValue: JsonObject = {};
    for (const [value, to] of Object.entries(mapping)) {
      const name = text(to) ?? "";
      const ref = isComponent(name) ? `#/components/schemas/${name}` : name;
      put(refsByValue, value, ref);
      refs.push(ref);
    }
    copied.mapping = refsByValue;
  }
  return refs.every((ref) => ref === undefined || isSimple(ref)) ? copied : undefined;
}

/** Openapi-typescript reads names of other characters in more than one way. */
function isSimple(ref: string): boolean {
  return /^#\/components\/schemas\/[\w.-]+$/.test(ref);
}
