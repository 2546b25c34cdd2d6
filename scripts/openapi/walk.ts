import { type NodeType, type Under, under } from "./grammar.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import { at, PipelineError, type Place, refuse } from "./refuse.js";

/** Called for each node of a document, before the nodes inside it. */
export type Visit = (node: JsonObject, type: NodeType, place: Place | undefined) => void;

/** Called with what is wrong in one part of a document, of which the rest is walked through. */
export type Broken = (part: Place, error: PipelineError) => void;

/**
 * Visits every node once, in the document's order, and refuses what has not the shape of a node. Where
 * `broken` is given, it is told of an operation, a path, a component or a webhook that is refused.
 */
export function walk(document: JsonObject, visit: Visit, broken?: Broken): void {
  function walkNode(node: Json, type: NodeType, place?: Place): void {
    try {
      walkInside(node, type, place);
    } catch (error) {
      const isLocal = error instanceof PipelineError && !error.isFatal && isPart(type, place);
      if (!isLocal || broken === undefined || place === undefined) throw error;
      broken(place, error);
    }
  }

  function walkInside(node: Json, type: NodeType, place?: Place): void {
    if (type === "other") {
      walkOther(node, place);
      return;
    }
    if (type === "schema" && typeof node === "boolean") return;
    if (!isObject(node)) refuse(place, `expected ${nounOf(type)}`);
    visit(node, type, place);
    for (const key of Object.keys(node)) {
      const value = node[key];
      // An empty value, as YAML writes it, is no value. A `$ref` is the visitor's.
      if (value === null || value === undefined || key === "$ref") continue;
      const child = under(type, key);
      if (child !== undefined) walkChild(value, child, at(place, key));
    }
  }

  function walkChild(value: Json, child: Under, place: Place): void {
    if (child.holds === "map") {
      if (!isObject(value)) refuse(place, "expected a mapping");
      for (const name of Object.keys(value)) {
        const node = value[name];
        if (node === undefined || (child.extensible && name.startsWith("x-"))) continue;
        walkNode(node, child.type, at(place, name));
      }
    } else if (child.holds === "list" || (child.type === "schema" && Array.isArray(value))) {
      // `items` may hold a list too, in the drafts of JSON Schema before 2020.
      if (!Array.isArray(value)) refuse(place, "expected a list");
      value.forEach((item, index) => {
        walkNode(item, child.type, at(place, index));
      });
    } else {
      walkNode(value, child.type, place);
    }
  }

  /** What OpenAPI keeps nothing in is visited all the same: a tool might follow a `$ref` there. */
  function walkOther(value: Json, place: Place | undefined): void {
    if (typeof value !== "object" || value === null) return;
    if (!Array.isArray(value)) visit(value, "other", place);
    for (const [key, inner] of Object.entries(value)) {
      if (!key.startsWith("x-")) walkOther(inner, at(place, key));
    }
  }

  walkNode(document, "document");
}

/** Whether a node can be left out for itself; without its security schemes a document is of no use. */
function isPart(type: NodeType, place: Place | undefined): boolean {
  const isDeep = place?.parent === undefined || place.parent.parent?.parent !== undefined;
  return !isDeep && type !== "other" && type !== "securityScheme";
}

/** The name of a node type in a sentence: "a request body". */
export function nounOf(type: NodeType): string {
  const words = type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`;
}

/** The schemas that a schema holds, under any keyword. */
export function subschemas(schema: JsonObject): JsonObject[] {
  const found: Json[] = [];
  for (const key of Object.keys(schema)) {
    const value = schema[key];
    const child = under("schema", key);
    if (typeof value !== "object" || child?.type !== "schema") continue;
    if (Array.isArray(value)) found.push(...value);
    else if (child.holds === "map" && isObject(value)) found.push(...Object.values(value));
    else found.push(value);
  }
  return found.filter(isObject);
}

/** These and all that they lead to, over any number of steps. */
export function closure<T>(start: Iterable<T>, next: (item: T) => Iterable<T>): ReadonlySet<T> {
  const reached = new Set(start);
  // A set gives what is added to it while it is read, so this ends when there is nothing new.
  for (const item of reached) for (const more of next(item)) reached.add(more);
  return reached;
}
