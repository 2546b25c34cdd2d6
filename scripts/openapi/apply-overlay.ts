import { childOf, isObject, type Json, type JsonObject, put } from "./json.js";
import type { Action, Overlay } from "./overlay.js";
import { inFile } from "./placed.js";
import { PipelineError, pointerTo } from "./refuse.js";

/** What an overlay makes of a document, which itself stays as it is. */
export interface Overlaid {
  readonly overlay: Overlay;
  readonly document: JsonObject;
  /** The actions that selected nothing, and those that changed nothing, themselves included. */
  readonly unmatched: readonly Action[];
  readonly idle: readonly Action[];
  /** The place in the overlay of what stands at a place of the document; undefined where it is not from there. */
  readonly originOf: (keys: readonly string[]) => string[] | undefined;
}

/** Applies the actions in order, merging as Overlay 1.1 says it, which 1.0 leaves open. */
export function applyOverlay(document: JsonObject, overlay: Overlay): Overlaid {
  const root = { document: copy(document) };
  /** Where what is in an object, by key, or in a list, by itself, comes from in the overlay. */
  const origins = new Map<Json, Map<Json, string[]>>();
  let changes = 0;

  function set(holder: Json[] | JsonObject, key: string, update: Json, from: string[]): void {
    const value = copy(update);
    if (Array.isArray(holder)) holder[Number(key)] = value;
    else put(holder, key, value);
    const marks = origins.get(holder) ?? new Map<Json, string[]>();
    origins.set(holder, marks.set(Array.isArray(holder) ? value : key, from));
    changes += 1;
  }

  function merge(holder: Json[] | JsonObject, key: string, update: Json, from: string[]): void {
    const value = childOf(holder, key);
    if (value === undefined) set(holder, key, update, from);
    else if (isObject(value) && isObject(update)) {
      for (const [name, inner] of Object.entries(update)) merge(value, name, inner, [...from, name]);
    } else if (Array.isArray(value) && Array.isArray(update)) {
      for (const [index, item] of update.entries()) {
        set(value, String(value.length), item, [...from, String(index)]);
      }
    } else if (kindOf(value) === "a scalar" && kindOf(update) === "a scalar") {
      if (value !== update) set(holder, key, update, from);
    } else throw new PipelineError(`${kindOf(update)} cannot be merged into ${kindOf(value)}`, from);
  }

  /** How many nodes an action selects; each counts once, however often the path leads to it. */
  function apply({ query, update, keys }: Action): number {
    const nodes = new Map(
      query.query(root.document).nodes.map((node) => [pointerTo(node.location.map(String)), node]),
    );
    const places = [...nodes.values()].map(({ location, value }) => {
      const above = ["document", ...location.map(String)];
      const key = above.pop() ?? "";
      const holder = above.reduce<Json | undefined>(childOf, root) as Json[] | JsonObject;
      return { holder, key, value: value as Json };
    });
    const target = [...keys, "target"];
    if (update === undefined) {
      for (const { holder, key, value } of places) {
        if (holder === root) throw new PipelineError("removes the whole document", target);
        // By itself: the index of an item is another once one before it is gone.
        if (Array.isArray(holder)) holder.splice(holder.indexOf(value), 1);
        else Reflect.deleteProperty(holder, key);
        changes += 1;
      }
    } else {
      const kinds = new Set(places.map(({ value }) => kindOf(value)));
      if (kinds.size > 1) {
        throw new PipelineError(`selects ${[...kinds].sort().join(" and ")}: one kind only`, target);
      }
      // What is no list is appended to one as its last item.
      const isItem = kinds.has("a list") && !Array.isArray(update);
      for (const { holder, key } of places) {
        merge(holder, key, isItem ? [update] : update, [...keys, "update"]);
      }
    }
    return places.length;
  }

  function originOf(keys: readonly string[]): string[] | undefined {
    let node: Json | undefined = root.document;
    let origin: string[] | undefined;
    for (const key of keys) {
      const child = childOf(node, key);
      const mark = Array.isArray(node) ? child : key;
      const noted = node && mark !== undefined ? origins.get(node)?.get(mark) : undefined;
      origin = noted ?? (origin && [...origin, key]);
      node = child;
    }
    return origin;
  }

  const [unmatched, idle]: [Action[], Action[]] = [[], []];
  for (const action of overlay.actions) {
    const before = changes;
    if (inFile(overlay, () => apply(action)) === 0) unmatched.push(action);
    if (changes === before) idle.push(action);
  }
  return { overlay, document: root.document, unmatched, idle, originOf };
}

/** A copy in which nothing is shared, as aliases share it, so that each place can change alone. */
function copy<T extends Json>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (!isObject(value)) return value;
  const copied: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) put(copied, key, copy(inner));
  return copied as T;
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return "a list";
  return isObject(value) ? "a mapping" : "a scalar";
}
