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

/** A change from one thing to another. */
export function changed(level: Level, old: string, now: string): Change {
  return { level, old, new: now, message: `${old} → ${now}` };
}

/** Something that is no longer there. */
export function gone(level: Level, old: string, message = `gone, was ${old}`): Change {
  return { level, old, new: null, message };
}

/** Something that was not there before. */
export function added(level: Level, now: string, message = `new: ${now}`): Change {
  return { level, old: null, new: now, message };
}

/** The highest level of all: what the next version must be. */
export function verdictOf(findings: readonly Finding[]): Level {
  return levels.find((level) => findings.some((finding) => finding.level === level)) ?? "patch";
}

/** The findings, the gravest first, and in one order on any machine. */
export function sorted(findings: readonly Finding[]): Finding[] {
  const keysOf = ({ operation, place, message }: Finding): string[] => [
    operation ?? "",
    place,
    message,
  ];
  return [...findings].sort(
    (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || inOrder(keysOf(a), keysOf(b)),
  );
}

function inOrder(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((key, index) => key !== b[index]);
  if (at < 0) return 0;
  return (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
}
