import { childOf, isObject, type Json, type JsonObject, own, put } from "./json.js";
import type { Action, Overlay } from "./overlay.js";
import { placed } from "./placed.js";
import { PipelineError, pointerTo } from "./refuse.js";

/** What an overlay makes of a document. */
export type Overlaid = ReturnType<typeof applyOverlay>;

/**
 * Applies the actions in order to a copy of a document, merging as Overlay 1.1 says it, which 1.0 leaves
 * open. Tells what each selects, and whether it changes nothing there.
 */
export function applyOverlay(document: JsonObject, overlay: Overlay) {
  // Nothing is shared in the copy, as aliases share it: each place can change alone.
  const root = { document: JSON.parse(JSON.stringify(document)) as JsonObject };
  const actions = overlay.actions.map((action) => {
    const nodes = select(root, action.query);
    const isIdle = !(action.update === undefined ? remove(nodes, action) : update(nodes, action));
    return { ...action, places: nodes.map(({ place }) => place), isIdle };
  });
  return { overlay, document: root.document, actions };
}

type Nodes = ReturnType<typeof select>;

/** The nodes that a path selects, each once, however often it leads there. */
function select(root: { readonly document: JsonObject }, query: Action["query"]) {
  const { nodes } = query.query(root.document);
  const locations = new Map(nodes.map(({ location }) => [JSON.stringify(location), location]));
  return [...locations.values()].map((location) => {
    const place = location.map(String);
    const above = ["document", ...place];
    const key = above.pop() ?? "";
    const holder = above.reduce<Json | undefined>(childOf, root) as Json[] | JsonObject;
    return { place, key, holder, value: childOf(holder, key) ?? null };
  });
}

function remove(nodes: Nodes, { problem }: Action): boolean {
  for (const { place, key, holder, value } of nodes) {
    if (place.length === 0) throw problem("removes the document", "target");
    // Not by its index, which is another once an item before it is gone.
    if (Array.isArray(holder)) holder.splice(holder.indexOf(value), 1);
    else Reflect.deleteProperty(holder, key);
  }
  return nodes.length > 0;
}

function update(nodes: Nodes, { update = null, problem }: Action): boolean {
  function merge(holder: Json[] | JsonObject, key: string, from: Json, keys: string[]): boolean {
    const value = childOf(holder, key);
    if (isObject(value) && isObject(from)) {
      const inner = Object.entries(from);
      return inner.map(([name, each]) => merge(value, name, each, [...keys, name])).includes(true);
    }
    if (Array.isArray(value) && Array.isArray(from)) {
      value.push(...from);
      return from.length > 0;
    }
    const kinds = [from, value ?? null].map(kindOf);
    if (value !== undefined && kinds.join() !== "a scalar,a scalar") {
      throw problem(kinds.join(" cannot be merged into "), ...keys);
    }
    if (Array.isArray(holder)) holder[Number(key)] = from;
    else put(holder, key, from);
    return value !== from;
  }

  const kinds = [...new Set(nodes.map(({ value }) => kindOf(value)))].sort();
  if (kinds.length > 1) throw problem(`selects ${kinds.join(" and ")}: one kind only`, "target");
  return nodes
    .map(({ holder, key, value }) => {
      const copy = JSON.parse(JSON.stringify(update)) as Json;
      // What is no list is appended to a list as its last item.
      const from = Array.isArray(value) && !Array.isArray(copy) ? [copy] : copy;
      return merge(holder, key, from, ["update"]);
    })
    .includes(true);
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return "a list";
  return isObject(value) ? "a mapping" : "a scalar";
}

/** A problem with what an overlay made, with the place in the overlay that made it, where one did. */
export function blame({ message, keys = [] }: PipelineError, { overlay, actions }: Overlaid): PipelineError {
  const words = `leads to ${pointerTo(keys)}: ${message}`;
  for (const { places, update, problem } of [...actions].reverse()) {
    const place = places.find((each) => each.every((key, index) => key === keys[index]));
    let node = place && update;
    const within = ["update"];
    for (const key of keys.slice(place?.length)) {
      // Where an item stands in the document does not tell where in the overlay.
      if (!isObject(node)) break;
      node = own(node, key);
      within.push(key);
    }
    if (node !== undefined) return problem(words, ...within);
  }
  return placed(new PipelineError(words), overlay.name, overlay.text);
}
