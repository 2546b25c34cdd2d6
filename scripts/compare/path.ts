import { placeholdersOf } from "../generate/read/path-template.js";

/** A path template without the names of its parameters, which only the spec and the inputs know. */
export function shapeOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}

/** The new names of path parameters, where the path is otherwise the same. */
export function renamedParameters(old: string, next: string): ReadonlyMap<string, string> {
  if (shapeOf(old) !== shapeOf(next)) return new Map();
  const [olds, news] = [placeholdersOf(old), placeholdersOf(next)];
  const pairs = olds.map((name, index) => [name, news[index] ?? name] as const);
  // A name that is still there has moved: who gives it by name gives the same.
  return new Map(pairs.filter(([name, is]) => !news.includes(name) && !olds.includes(is)));
}

/** A path template in which parameters have their new names. */
export function renameParameters(path: string, renamed: ReadonlyMap<string, string>): string {
  return path.replace(/\{([^{}]*)\}/g, (_, name: string) => `{${renamed.get(name) ?? name}}`);
}
