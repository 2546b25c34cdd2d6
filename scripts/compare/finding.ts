import { oneLine } from "../openapi/visible.js";

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
  const keysOf = ({ level, operation, place, message }: Finding): string[] => [
    String(levels.indexOf(level)),
    operation ?? "",
    place,
    message,
  ];
  const sorted = [...findings].sort((a, b) => inOrder(keysOf(a), keysOf(b)));
  return { verdict: sorted[0]?.level ?? "patch", findings: sorted };
}

function inOrder(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((key, index) => key !== b[index]);
  if (at < 0) return 0;
  return (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
}

const bumps: Readonly<Record<Level, string>> = {
  major: "services that compile against the old types may break (changeset: major)",
  minor: "more is accepted or given, and nothing breaks (changeset: minor)",
  patch: "nothing that consumers can see has changed (changeset: patch)",
};

/** The findings, a line each, and the verdict. */
export function report({ verdict, findings }: Comparison): string[] {
  const lines = findings.map(({ level, operation, place, message }) => {
    const where = [operation, place].filter(Boolean).join(" ");
    return oneLine(`${level}  ${where}: ${message}`);
  });
  return [...lines, `${verdict}: ${bumps[verdict]}`];
}
