import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  type Event,
  EVENT_ID,
  parseEvents,
  type ScalarEvent,
} from "js-yaml";

import { parserOptions } from "../openapi/load.js";
import { keyText, startOf } from "../openapi/locate.js";

/** Where an entry of a block mapping stands in a text, by offsets. */
export interface Entry {
  /** Of the comments and blank lines above it, which go with it. */
  readonly start: number;
  /** Of its own first line. */
  readonly line: number;
  readonly end: number;
  /** Of its key, in spaces. */
  readonly indent: number;
  /** Whether its text means the same in another document: it has neither anchors nor aliases. */
  readonly isPortable: boolean;
  /** What it holds by key, where that is a block mapping too. */
  readonly entries: ReadonlyMap<string, Entry> | undefined;
}

interface Draft extends Omit<Entry, "end" | "entries"> {
  readonly key: string;
  readonly drafts: readonly Draft[] | undefined;
}

/** How deep the keys of a unit reach. */
const levels = 3;

/** The layout of a YAML document: its root as an entry; undefined where that is no block mapping. */
export function layoutOf(text: string): Entry | undefined {
  if (/^\s*\{/.test(text)) return undefined;
  const events = parseEvents(text, parserOptions);
  // The first event is the document's own.
  let here = 1;
  /** Where the text of the last scalar ends. */
  let written = 0;
  /** How many anchors and aliases there were. */
  let marks = 0;

  /** Passes a node and all that is in it. */
  function pass(): void {
    let depth = 0;
    do {
      const event = events[here];
      here += 1;
      if (event === undefined || event.type === EVENT_ID.POP) depth -= 1;
      else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) depth += 1;
      if (event?.type === EVENT_ID.SCALAR) written = Math.max(written, endOf(event, text));
      if (event !== undefined && isMarked(event)) marks += 1;
    } while (depth > 0);
  }

  /** Passes a node; gives its entries where it is a mapping whose entries stand on lines of their own. */
  function read(depth: number): Draft[] | undefined {
    if (depth === levels || !isPlainBlock(events[here])) {
      pass();
      return undefined;
    }
    here += 1;
    const drafts: (Draft | undefined)[] = [];
    while (events[here] !== undefined && events[here]?.type !== EVENT_ID.POP) {
      drafts.push(readEntry(depth));
    }
    here += 1;
    return drafts.every((draft) => draft !== undefined) ? drafts : undefined;
  }

  function readEntry(depth: number): Draft | undefined {
    const event = events[here];
    const offset = event === undefined ? 0 : startOf(event);
    const key = keyText(text, event);
    const line = text.lastIndexOf("\n", offset - 1) + 1;
    const start = gapAbove(text, line, written);
    const before = marks;
    pass();
    const drafts = read(depth + 1);
    if (key === undefined || text.slice(line, offset).trim() !== "") return undefined;
    return { key, line, start, indent: offset - line, isPortable: marks === before, drafts };
  }

  const drafts = read(0);
  if (drafts?.[0] === undefined) return undefined;
  const end = gapAbove(text, text.length, written);
  // What stands above the first key is the file's own.
  const [first, ...rest] = drafts;
  const entries = close([{ ...first, start: first.line }, ...rest], end);
  return { start: first.line, line: first.line, end, indent: 0, isPortable: marks === 0, entries };
}

/** An entry ends where the next one starts, the last one where what holds it does. */
function close(drafts: readonly Draft[], end: number): ReadonlyMap<string, Entry> {
  return new Map(
    drafts.map(({ key, drafts: inner, ...entry }, index) => {
      const here = drafts[index + 1]?.start ?? end;
      return [key, { ...entry, end: here, entries: inner && close(inner, here) }];
    }),
  );
}

/** The start of the blank lines and comments above a line, down to where other text was written. */
function gapAbove(text: string, line: number, written: number): number {
  let start = line;
  while (start > written) {
    const above = start === 1 ? 0 : text.lastIndexOf("\n", start - 2) + 1;
    if (above < written || !/^\s*(#[^]*)?$/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** The end of a scalar, without the blank lines that a block scalar does not keep. */
function endOf({ valueStart, valueEnd, chomping }: ScalarEvent, text: string): number {
  if (chomping === CHOMPING_MODE.KEEP) return valueEnd;
  return valueStart + text.slice(valueStart, valueEnd).trimEnd().length;
}

function isPlainBlock(event: Event | undefined): boolean {
  return (
    event?.type === EVENT_ID.MAPPING &&
    event.style === COLLECTION_STYLE.BLOCK &&
    event.anchorStart < 0 &&
    event.tagStart < 0
  );
}

function isMarked(event: Event): boolean {
  return "anchorStart" in event && event.anchorStart >= 0;
}
