import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE } from "js-yaml";

import { parserOptions } from "./load.js";

/** The line and column, from 1, at which a node stands in the text: of its key, where it has one. */
export function locate(
  text: string,
  keys: readonly string[],
): { line: number; column: number } | undefined {
  const events = parseEvents(text, parserOptions);
  let offset: number | undefined;
  // The first event is the document's own.
  let node = 1;
  for (const key of keys) {
    const child = childrenOf(text, events, node).get(key);
    // What came in through an alias has no place of its own: its holder's is the nearest.
    if (child === undefined) break;
    ({ node, offset } = child);
  }
  if (offset === undefined) return undefined;
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

/** The text of a scalar as it is written; undefined where it comes in through an alias. */
export function textAt(text: string, keys: readonly string[]): string | undefined {
  const events = parseEvents(text, parserOptions);
  let node: number | undefined = 1;
  for (const key of keys) node = childrenOf(text, events, node ?? -1).get(key)?.node;
  return keyText(text, events[node ?? -1]);
}

/** What a mapping or a list holds, by key or index: the event of each, and where it begins. */
function childrenOf(text: string, events: readonly Event[], parent: number) {
  const children = new Map<string | undefined, { node: number; offset: number }>();
  const isMapping = events[parent]?.type === EVENT_ID.MAPPING;
  if (!isMapping && events[parent]?.type !== EVENT_ID.SEQUENCE) return children;
  for (let here = parent + 1; ; ) {
    const start = events[here];
    if (start === undefined || start.type === EVENT_ID.POP) return children;
    const node = isMapping ? endOf(events, here) : here;
    const key = isMapping ? keyText(text, start) : String(children.size);
    children.set(key, { node, offset: startOf(start) });
    here = endOf(events, node);
  }
}

/** The text of a key; undefined where it is none of text. */
export function keyText(text: string, event: Event | undefined): string | undefined {
  return event?.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : undefined;
}

/** Where what an event tells of begins. */
export function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) {
    const isQuoted =
      event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    return isQuoted ? event.valueStart - 1 : event.valueStart;
  }
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return "start" in event ? event.start : 0;
}

/** The index after a node and all that is in it. */
function endOf(events: readonly Event[], start: number): number {
  let depth = 0;
  let here = start;
  do {
    const type = events[here]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    else if (type === EVENT_ID.POP || type === undefined) depth -= 1;
    here += 1;
  } while (depth > 0);
  return here;
}
