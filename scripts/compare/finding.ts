/** How much a change asks of the next version, from most to least. */
const levels = ["major", "minor", "patch"] as const;
export type Level = (typeof levels)[number];

/** What a change is, wherever it is. */
export interface Change {
  readonly level: Level;
  /** What was there, in short; null where there was nothing. */
  readonly old: string | null;
  /** What is there now, in short; null where nothing is left. */
  readonly new: string | null;
  readonly message: string;
}

/** One change that a service could meet. */
export interface Finding extends Change {
  /** Null where the change is to the whole API. */
  readonly operation: string | null;
  /** Where in the operation or in the API, as a path of properties. */
  readonly place: string;
}

/** What became of the old side, and what the next version must be. */
export interface Comparison {
  readonly verdict: Level;
  readonly findings: readonly Finding[];
}

/** A change from one thing to another. */
export function changed(
  level: Level,
  old: string,
  now: string,
  message = `${old} → ${now}`,
): Change {
  return { level, old, new: now, message };
}

/** Something that is no longer there. */
export function gone(level: Level, old: string, message = `gone, was ${old}`): Change {
  return { level, old, new: null, message };
}

/** Something that was not there before. */
export function added(level: Level, now: string, message = `new: ${now}`): Change {
  return { level, old: null, new: now, message };
}

/** The findings, the gravest first, in one order on any machine, and the highest level of all. */
export function conclude(findings: readonly Finding[]): Comparison {
  const keyOf = ({ level, operation, place, message }: Finding): string =>
    [levels.indexOf(level), operation, place, message].join("\0");
  const sorted = [...findings].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { verdict: sorted[0]?.level ?? "patch", findings: sorted };
}
